from datetime import date, datetime
from decimal import Decimal

import pytest

MEMBERS = "Email Address,First Name,OPTIN_TIME,{more}LEID,EUID,TAGS\n"
MEMBER = 'ana@north.example, Ana ,2018-02-05 19:28:23,{more}123,05e2791624,"""VIP"",""Blog"""\n'


@pytest.mark.parametrize(
    ("name", "more", "status"),
    [
        ("subscribed_email_audience_export_0a1b.csv", "LAST_CHANGED", "subscribed"),
        ("nonsubscribed_members_export_0a1b.csv", "LAST_CHANGED", "nonsubscribed"),
        ("my copy of subscribed.csv", "LAST_CHANGED", "subscribed"),
        ("unsubscribed_email_audience_export_0a1b.csv", "UNSUB_TIME", "unsubscribed"),
        ("subscribed.csv", "UNSUB_TIME", "unsubscribed"),
        ("subscribed.csv", "CLEAN_TIME", "cleaned"),
        ("members.csv", "LAST_CHANGED", None),
    ],
)
def test_the_status_is_told_by_a_column_or_else_by_the_file_name(drop, name, more, status):
    content = MEMBERS.format(more=f"{more},") + MEMBER.format(more="2020-03-23 17:30:05,")
    file = drop(f"mailchimp/{name}", content)
    assert file.report == "audience"
    assert file.rows.select("status", "first_name", "euid", "tags").rows() == [
        (status, "Ana", "05e2791624", '"VIP","Blog"')
    ]


def test_the_members_of_an_archive_are_read_by_their_own_name(drop):
    content = MEMBERS.format(more="") + MEMBER.format(more="")
    file = drop("mailchimp/subscribed audience.zip!nonsubscribed_export.csv", content)
    assert file.rows["status"].to_list() == ["nonsubscribed"]
    assert file.exported_at == datetime(2026, 1, 2, 3, 4, 6)


def test_a_campaign_report_is_read(drop):
    content = (
        'Title,Subject,List,"Send Date","Total Recipients","Successful Deliveries","Unique Opens","Open Rate",'
        '"Unique Id","Total Revenue"\n'
        '"Spring | 2019","Hello,\u00a0you 🌱",Customers,"Mar 24, 2019 10:32 pm",1000,990,381,38.47%,26002260e0,0\n'
        'Test,Hi,Customers,"Mar 2, 2019 9:05 am",3,3,3,100.00%,0221405506,12.5\n'
    )
    file = drop("mailchimp/campaigns.csv", content)
    assert file.report == "campaign_report"
    assert (file.period_start, file.period_end) == (date(2019, 3, 2), date(2019, 3, 24))
    assert file.rows.select("campaign_id", "sent_at", "recipients", "open_rate", "revenue").rows() == [
        ("26002260e0", datetime(2019, 3, 24, 22, 32), 1000, Decimal("38.47"), Decimal(0)),
        ("0221405506", datetime(2019, 3, 2, 9, 5), 3, Decimal(100), Decimal("12.5")),
    ]
