from datetime import date, datetime
from decimal import Decimal

import pytest

PROFILES = (
    "Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,State / Region,Country,Zip Code,Source,"
    "Email Marketing Consent,Email Marketing Consent Timestamp,Profile Created On,Date Added,Email Suppressions,Tags\n"
)


def test_profiles_are_read_with_consent_and_suppressions(drop):
    content = PROFILES + (
        "ana@north.example,01HA,Ana,North,North,Buyer,+33170000001,PACA,France,06000,-8,SUBSCRIBED,"
        '2024-01-02 03:04:05,2023-01-02 03:04:05,2024-01-02 03:04:05,[],"[""vip"",""swim""]"\n'
        "bo@west.example,01HB,Bo,West,,,,,,,,NEVER_SUBSCRIBED,,2023-01-02 03:04:05,,HARD_BOUNCE,\n"
    )
    file = drop("klaviyo/list.csv", b"\xef\xbb\xbf" + content.encode())
    assert (file.report, file.language) == ("profiles", "en")
    columns = ["record_id", "postcode", "consent", "consent_at", "suppressions", "tags"]
    assert file.rows.select(columns).rows() == [
        ("01HA", "06000", "subscribed", datetime(2024, 1, 2, 3, 4, 5), None, '["vip","swim"]'),
        ("01HB", None, "never subscribed", None, "HARD_BOUNCE", None),
    ]


def test_the_second_line_of_an_address_is_read(drop):
    content = "Email,Klaviyo ID,Address,Address 2\nana@north.example,01HA,12 rue Haute,Apt 3\n"
    file = drop("klaviyo/list.csv", content)
    assert file.rows.select("street", "address_line_2").rows() == [("12 rue Haute", "Apt 3")]


@pytest.mark.parametrize(
    ("word", "consent"), [("Subscribe", "subscribed"), ("UNSUBSCRIBED", "unsubscribed"), ("Abonné", "subscribed")]
)
def test_the_words_of_consent_are_known(drop, word, consent):
    file = drop("klaviyo/list.csv", f"Email,Email Marketing Consent\nana@north.example,{word}\n")
    assert file.rows["consent"].to_list() == [consent]


def test_french_profiles_saved_again_by_a_spreadsheet_are_read(drop):
    content = (
        "E-mail;ID Klaviyo;Prénom;Nom;Code postal;Consentement au marketing par e-mail;Profil créé le\r\n"
        "zoe@etoile.example;01HC;Zoé;Été;06000;Abonné;31/12/2025 09:30\r\n"
    )
    file = drop("klaviyo/liste.csv", content.encode("cp1252"))
    assert (file.report, file.language, file.encoding) == ("profiles", "fr", "windows-1252")
    assert file.rows.select("record_id", "first_name", "consent", "created_at").rows() == [
        ("01HC", "Zoé", "subscribed", datetime(2025, 12, 31, 9, 30))
    ]


@pytest.mark.parametrize("orders", ["Unique Placed Order", "Unique Ordered Product", "Count of unique conversions"])
def test_campaigns_are_read_whatever_the_conversion_metric(drop, orders):
    content = (
        f"Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,{orders},Placed Order Rate,Revenue,"
        "Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Spam Complaints,"
        "Successful Deliveries,Bounces,Campaign ID,Campaign Channel\n"
        'Spring,,"Hello, you 🌱",VIP,2026-03-24 22:32:00,Tuesday,"1,000",12,1.21%,"1,250.50",381,38.48%,500,40,4.04%,'
        "55,3,1,990,10,01HXYZ,Email\n"
    )
    file = drop("klaviyo/campaigns.csv", content)
    assert (file.report, file.language) == ("campaigns", "en")
    assert (file.period_start, file.period_end) == (date(2026, 3, 24), date(2026, 3, 24))
    columns = ["campaign_id", "recipients", "delivered", "orders", "revenue", "open_rate", "campaign_channel"]
    assert file.rows.select(columns).rows() == [
        ("01HXYZ", 1000, 990, 12, Decimal("1250.50"), Decimal("38.48"), "Email")
    ]


def test_flows_by_day_are_a_report_of_their_own(drop):
    content = (
        "Day,Flow ID,Flow Name,Flow Message ID,Flow Message Name,Flow Message Channel,Status,Delivered,Unique Opens,"
        "Open Rate,Unique Clicks,Revenue\n"
        "2026-01-15,XyZ17,Welcome,01HM1,Welcome 1,email,live,50,20,0.40,5,99.90\n"
        "2026-01-16,XyZ17,Welcome,01HM1,Welcome 1,email,live,40,10,0.25,2,0.00\n"
    )
    file = drop("klaviyo/flows.csv", content)
    assert (file.report, file.period_start, file.period_end) == ("flows", date(2026, 1, 15), date(2026, 1, 16))
    assert file.rows.select("date", "message_id", "delivered", "revenue").rows() == [
        (date(2026, 1, 15), "01HM1", 50, Decimal("99.90")),
        (date(2026, 1, 16), "01HM1", 40, Decimal(0)),
    ]
