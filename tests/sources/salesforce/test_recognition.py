"""Which report a header is, in each of the four kinds of export."""

import pytest

HEADERS = {
    "contacts": [
        "ID,LASTNAME,EMAIL,MAILINGCITY,ACCOUNTID",
        "Id,Email,HasOptedOutOfEmail",
        "Salutation,First Name,Last Name,Title,Account Name,Mailing City,Phone,Mobile,Email,Account Owner",
        "Contact ID,Last Name,Email,Account ID,Account Name,Email Opt Out,Lead Source,Contact Owner",
        "ID de contact,Prénom,Nom,Nom du compte,Adresse e-mail,Téléphone,Propriétaire du contact",
    ],
    "leads": [
        "ID,LASTNAME,COMPANY,STATUS,EMAIL",
        "Id,Name,Email,IsConverted",
        "Salutation,First Name,Last Name,Title,Company / Account,Email,Lead Source,Rating,Lead Owner,Lead Status",
        "Lead ID,First Name,Email",
        "ID de piste,Prénom,Nom,Société/Compte,Adresse e-mail,Statut de la piste",
    ],
    "accounts": [
        "ID,NAME,BILLINGCITY,INDUSTRY",
        "Id,IsDeleted,Name,Type,Website,OwnerId",
        "Account ID,Account Name,Type,Billing City,Account Owner,Last Modified Date",
        "ID de compte,Nom du compte,Secteur d'activité,Propriétaire du compte",
    ],
    "opportunities": [
        "ID,NAME,STAGENAME,AMOUNT,CLOSEDATE,ACCOUNTID,CAMPAIGNID",
        "Id,Name,StageName,Type,IsWon,OwnerId,ContactId",
        "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Close Date,Lead Source,Type",
        "Opportunity ID,Opportunity Name,Stage,Contact ID,First Name,Last Name,Primary",
        "Propriétaire de l'opportunité,Nom du compte,Nom de l'opportunité,Étape,Montant,Date de clôture",
    ],
    "contact_roles": [
        "ID,OPPORTUNITYID,CONTACTID,ROLE,ISPRIMARY",
        "Id,OpportunityId,ContactId,Role,IsPrimary,CreatedDate,IsDeleted",
    ],
    "campaigns": [
        "ID,NAME,STARTDATE,ACTUALCOST",
        "Id,IsDeleted,Name,ParentId,Type,Status,StartDate,EndDate,BudgetedCost,NumberSent,IsActive",
        "Campaign ID,Campaign Name,Type,Status,Start Date,End Date,Budgeted Cost,Actual Cost",
        "ID de campagne,Nom de la campagne,Type,Statut,Date de début,Date de fin,Coût réel",
    ],
    "campaign_members": [
        "ID,CAMPAIGNID,LEADID,CONTACTID,STATUS",
        "Id,IsDeleted,CampaignId,LeadId,ContactId,Status,HasResponded,FirstRespondedDate,Name,Street,Email,Type",
        "Campaign Name,Member Type,Member Status,First Name,Last Name,Company / Account,Email,Lead ID,Contact ID",
        "ID de campagne,Nom de la campagne,Statut du membre,Prénom,Nom,Adresse e-mail,ID de contact,ID de piste",
    ],
}


@pytest.mark.parametrize(("report", "header"), [(report, one) for report, some in HEADERS.items() for one in some])
def test_each_object_is_recognised_however_it_was_exported(drop, report, header):
    file = drop("salesforce/a.csv", header + "\n" + "," * header.count(",") + "\n")
    assert (file.status, file.report) == ("loaded", report)


@pytest.mark.parametrize(
    ("header", "prefix"),
    [
        ("Id,Name,Industry", "006"),
        ("Id,Name,BudgetedCost", "001"),
        ("Id,Name,StageName", "701"),
        ("Id,Email,LastName", "005"),
    ],
)
def test_records_of_another_object_are_kept_aside(drop, header, prefix):
    file = drop("salesforce/a.csv", f"{header}\n{prefix}Qx00000OtHeR,A,B\n")
    assert (file.rows_loaded, file.rows_rejected) == (0, 1)
    assert file.rejected_rows["reason"].str.starts_with("the id is n").all()


@pytest.mark.parametrize(
    "header",
    [
        "Id,Username,LastName,Email,ProfileId",
        "Id,Name,Type,Email,DeveloperName",
        "Id,ContactId,AccountId,Name,SerialNumber,Status",
        "Id,AccountId,OrderNumber,Name,Type,BillingCity",
        "Id,Name,ProductCode,Type",
        "Id,OpportunityId,StageName,Amount,CloseDate",
        "Id,WhoId,Subject,Status",
    ],
)
def test_objects_that_are_not_read_are_refused_as_a_whole(drop, header):
    file = drop("salesforce/a.csv", header + "\n" + ",".join("a" for _ in header.split(",")) + "\n")
    assert (file.status, file.rows_loaded) == ("rejected", 0)
