CONTACTS = "Record ID,First Name,Last Name,Email\n1,Ana,Doe,ana@north.example\n"
CAMPAIGNS = "Campaign,Day,Currency code,Cost,Impr.,Clicks\nSpring,2026-01-02,EUR,1.50,10,1\n"


def test_a_report_is_recognised_by_its_labels_whatever_the_file_is_called(drop):
    file = drop("hubspot/deep/down/export final (2).txt", CONTACTS)
    assert (file.status, file.report, file.language) == ("loaded", "contacts", "en")


def test_the_language_is_the_one_most_labels_belong_to(drop):
    french = "ID de fiche d’informations,Prénom,NOM,E-mail,Associated Company IDs\n1,Ana,Doe,ana@north.example,9\n"
    file = drop("hubspot/a.csv", french)
    assert (file.report, file.language) == ("contacts", "fr")
    assert file.rows["last_name"].to_list() == ["Doe"]
    assert file.rows["company_record_id"].to_list() == ["9"]


def test_the_delimiter_is_the_one_the_header_proves(drop):
    for delimiter in (",", ";", "\t"):
        file = drop(f"hubspot/{ord(delimiter)}.csv", CONTACTS.replace(",", delimiter))
        assert (file.delimiter, file.rows_loaded) == (delimiter, 1)


def test_a_bar_in_a_name_is_no_delimiter(drop):
    file = drop("google_ads/a.csv", CAMPAIGNS.replace("Spring", "FR | Spring | 2026"))
    assert file.rows["campaign_name"].to_list() == ["FR | Spring | 2026"]


def test_lines_above_the_header_do_not_hide_it(drop):
    file = drop("google_ads/a.csv", "A title\n\n" + '"a, quoted\nnote"\n' + CAMPAIGNS)
    assert file.rows["_row_number"].to_list() == [5]


def test_a_folder_no_layout_knows_is_rejected(drop):
    file = drop("salon/a.csv", "Badge;Stand\nVS1;H3\n")
    assert (file.status, file.reason) == ("rejected", "no source named 'salon' is registered")
    assert (file.rows, file.rows_read) == (None, 0)


def test_what_a_file_of_an_unknown_tool_is_is_guessed(drop):
    file = drop("salon/a.csv", "Badge;Nom;Prénom;Courriel\nVS1;Doe;Ana;ana@north.example\n")
    assert file.reason == "no source named 'salon' is registered; looks like contacts (last name, first name, e-mail)"
    file = drop("salon/b.csv", CAMPAIGNS)
    assert file.reason == "no source named 'salon' is registered; looks like a campaign_report of google_ads"


def test_a_file_in_no_folder_is_rejected(drop):
    assert drop("a.csv", "a,b\n1,2\n").reason == "the file lies in no tool's folder"


def test_a_report_of_another_tool_is_told_where_it_belongs(drop):
    file = drop("mailchimp/a.csv", CAMPAIGNS)
    assert file.reason == "looks like a campaign_report of google_ads: move it to exports/google_ads/"


def test_a_lacking_column_is_named(drop):
    file = drop("google_ads/a.csv", "Campaign,Day,Impr.,Clicks\nSpring,2026-01-02,1,1\n")
    assert file.reason == "no report of google_ads; nearest is campaign_report, but Cost is missing"


def test_notes_that_are_no_report_are_rejected(drop):
    assert drop("hubspot/notes.csv", "Topic,Decision\nFair,yes\n").reason == "no header of a hubspot report found"


def test_rows_split_further_say_by_what(drop):
    file = drop("google_ads/a.csv", "Device," + CAMPAIGNS.replace("\nSpring", "\nMobile,Spring"))
    assert (file.report, file.tables[0].segments) == ("campaign_report", "device")
    assert file.rows.select("_segments", "_segment").rows() == [("device", "Mobile")]


def test_a_label_that_bars_a_report_is_named(drop):
    file = drop("hubspot/b.csv", "Company Domain Name," + CONTACTS.replace("\n1,", "\na.example,1,"))
    assert file.reason == "a contacts of hubspot split by Company Domain Name, which is not read"


def test_the_second_of_two_equal_labels_is_kept_beside_the_first(drop):
    file = drop("google_ads/a.csv", "Campaign,Currency code,Cost,Currency code,Clicks\nSpring,EUR,1.50,USD,1\n")
    assert file.rows.select("currency", "currency_code_2").rows() == [("EUR", "USD")]


def test_unknown_columns_are_kept_as_text(drop):
    content = "Record ID,Email,Favourite n°,,Gdpr Consent,source,\n1,a@b.example,007,x,y,z,\n"
    rows = drop("hubspot/a.csv", content).rows
    assert rows.columns[-5:] == ["favourite_n", "column_4", "source_2", "_file_id", "_row_number"]
    assert rows.select("favourite_n", "column_4", "source_2", "gdpr_consent").rows() == [("007", "x", "z", "y")]
