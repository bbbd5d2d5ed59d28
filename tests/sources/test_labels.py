import pytest

from sources.labels import column_names, normalised, snake_case


@pytest.mark.parametrize(
    ("label", "same"),
    [
        ("Code de la devise", "CODE DE LA DEVISE"),
        ("Coût", "cout"),
        ("Nom de l’entreprise", "Nom de l'entreprise"),
        ("Taux\u00a0de conv.", " Taux  de conv. "),
        ("Email *", "email"),
        ("Website URL (Ad level）", "website url (ad level)"),
    ],
)
def test_labels_are_the_same_whatever_varies_between_exports(label, same):
    assert normalised(label) == normalised(same)


def test_labels_become_column_names():
    assert snake_case("Opted out of email: Péages & co.") == "opted_out_of_email_peages_co"
    assert snake_case("2nd phone") == "_2nd_phone"
    assert snake_case("…") == ""


def test_a_repeated_or_taken_name_is_numbered_and_an_unnamed_column_is_named_by_its_position():
    labels = {0: "Reason", 3: "Reason", 4: "E-mail", 6: " "}
    assert column_names(labels, {"e_mail"}) == {0: "reason", 3: "reason_2", 4: "e_mail_2", 6: "column_7"}
