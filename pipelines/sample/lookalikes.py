"""False friends: people who share an address, a home, a telephone or a name, and are not one person."""

import polars as pl

from pipelines.sample.births import SONS
from pipelines.sample.groups import Kind, anywhere, at_work
from pipelines.sample.words import chance, picked, slug, words

HOME = ("country", "city", "postcode", "zone", "street")
FAMILY = ("last_name", *HOME)
AT_HOME = {
    "couple": Kind(2, 1000, FAMILY),
    "father_and_son": Kind(2, 1000, FAMILY, namesakes=True),
    # nobody states when they were born: the ending of a name tells them apart, or that others have their number too
    "undated_father_and_son": Kind(3, 3000, FAMILY, namesakes=True),
    "twins": Kind(2, 1500, FAMILY),
    "namesakes_in_town": Kind(2, 1500, HOME[:4], namesakes=True),
}
AT_WORK = {
    "office_inbox": Kind(4, 500),
    "assistant": Kind(2, 1500),
    "namesakes_at_work": Kind(2, 1500, namesakes=True),
}
SHARED_INBOX = ["couple", "office_inbox", "assistant"]
NO_ADDRESS_OF_THEIR_OWN = [*SHARED_INBOX, "placeholder_address"]
ONE_LINE = ["father_and_son", "undated_father_and_son", "twins", "reception"]
BORN = ["father_and_son", "twins"]
NAMESAKES = ["namesakes_in_town", "namesakes_at_work"]
ROLES = pl.Series(["info", "contact", "commercial", "compta", "accueil", "sales"])
# what is typed where a form insists
NO_PHONE, NO_ADDRESS = "0000000000", "test@test.example"
DIALLED = 40  # records with one reception's number

KIND, PLACE = pl.col("lookalike"), pl.col("place")
EVEN = pl.col("group") % 2 == 0
OLDER, YOUNGER = {"FR": " père", "GB": " Sr"}, {"FR": " fils", "GB": " Jr"}


def with_lookalikes(people: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Add `story`, `lookalike` (which kind of false friend), `lookalike_no` (of whom), `place` among them …

    … and what follows from it: `shared_address`, `name_ending` (in the CRM), `known_to`, and whether the mailing list
    is told their telephone and everybody their day of birth (`phone_told`, `birth_told`; null: by chance).
    """
    draws = chance(seed, "lookalikes")
    customers = len(people)
    dialled = people.filter(pl.col("country") != "MA")  # where there are telephone numbers of nobody
    colleagues = at_work(dialled, AT_WORK, draws, customers)
    private = dialled.filter(pl.col("private"))
    strangers = people.filter(~pl.col("private") & (pl.col("country") == "FR")).join(
        colleagues, on="person_no", how="anti", maintain_order="left"
    )
    everybody = {
        "reception": Kind(max(2, min(DIALLED, customers // DIALLED)), 4000, namesakes=True),
        "placeholder_phone": Kind(max(3, customers // 400), customers, namesakes=True),
        "placeholder_address": Kind(max(3, customers // 2000), customers),
    }
    kinds = AT_HOME | AT_WORK | everybody
    groups = [
        colleagues,
        anywhere(private, AT_HOME, draws, customers),
        anywhere(strangers, everybody, draws, customers),
    ]
    members = people.join(pl.concat(groups), on="person_no", maintain_order="left")
    fathers = {country: picked(draws, words("first_names", f"fathers_{country}"), len(members)) for country in OLDER}
    father = pl.coalesce(pl.when(pl.col("country") == country).then(name) for country, name in fathers.items())
    members = members.with_columns(
        role=picked(draws, ROLES, len(members)),
        first_name=pl.when(KIND.is_in(SONS) & (PLACE == 0)).then(father).otherwise("first_name"),
    )
    alike = _alike(members.with_columns(lookalike_no=pl.format("{}-{}", "lookalike", "group")), kinds)
    others = people.join(alike, on="person_no", how="anti", maintain_order="left")
    return pl.concat([others, alike.with_columns(_consequences()).drop("group", "role")], how="diagonal").sort(
        "person_no"
    )


def with_shared_lines(people: pl.DataFrame) -> pl.DataFrame:
    """The telephone of the first in each group is everybody's."""
    lines = people.filter(KIND.is_in(ONE_LINE) & (PLACE == 0)).select("lookalike_no", line="phone")
    return (
        people.join(lines, on="lookalike_no", how="left", maintain_order="left")
        .with_columns(
            phone=pl.when(KIND == "placeholder_phone")
            .then(pl.lit(NO_PHONE))
            .when(KIND.is_in(ONE_LINE))
            .then("line")
            .otherwise("phone")
        )
        .drop("line")
    )


def _alike(members: pl.DataFrame, kinds: dict[str, Kind]) -> pl.DataFrame:
    """The members with what they have from the first of their group.

    Whoever is no namesake differs in the initial of the first name, so that no spelling can make two of them one.
    """
    copied = ["first_name", "last_name", *HOME]
    first = members.filter(PLACE == 0).select("lookalike_no", pl.col(*copied).name.prefix("first_of_"))
    beside = members.join(first, on="lookalike_no", maintain_order="left")
    namesakes = KIND.is_in([name for name, kind in kinds.items() if kind.namesakes]) & (PLACE == 1)
    shared = {column: KIND.is_in([n for n, kind in kinds.items() if column in kind.shared]) for column in copied}
    named = {column: shared[column] | namesakes for column in ("first_name", "last_name")}
    initial, first_initial = (slug(pl.col(c)).str.slice(0, 1) for c in ("first_name", "first_of_first_name"))
    alike = KIND.is_in(list(AT_HOME)) & (PLACE > 0) & (initial == first_initial)
    other = pl.when(initial == "z").then(pl.lit("Yves")).otherwise(pl.lit("Zoé"))
    return (
        beside.with_columns(first_name=pl.when(alike).then(other).otherwise("first_name"))
        .with_columns(
            pl.when(has).then(f"first_of_{column}").otherwise(column).alias(column)
            for column, has in (shared | named).items()
        )
        .drop(pl.selectors.starts_with("first_of_"))
    )


def _consequences() -> list[pl.Expr]:
    family = slug(pl.col("last_name"))
    address = (
        pl.when(KIND == "office_inbox")
        .then(pl.col("role").first().over("lookalike_no") + "@" + pl.col("domain"))
        .when(KIND == "couple")
        .then("famille." + family + (pl.col("group") + 1).cast(pl.String) + "@courriel.example")
        .when(KIND == "placeholder_address")
        .then(pl.lit(NO_ADDRESS))
    )
    endings = (pl.col("country").replace_strict(ending, default=None) for ending in (OLDER, YOUNGER))
    ending = pl.coalesce(pl.when(at == PLACE).then(said) for at, said in enumerate(endings))
    apart = KIND.is_in(["couple", "assistant", *BORN, "namesakes_in_town"])
    mailed = ((KIND == "office_inbox") & (PLACE == 2)) | (apart & (PLACE == 1) & EVEN)
    both = (PLACE == 0) & ((KIND == "assistant") | (KIND.is_in([*BORN, *NAMESAKES]) & ~EVEN))
    in_doubt = KIND == "undated_father_and_son"
    return [
        address.alias("shared_address"),
        pl.when(KIND.is_in(SHARED_INBOX))
        .then(pl.lit("shared_inbox"))
        .when(KIND == "placeholder_address")
        .then(pl.lit("placeholder_address"))
        .otherwise(pl.lit("lookalike"))
        .alias("story"),
        pl.when(in_doubt & EVEN).then(ending).alias("name_ending"),
        pl.when(mailed).then(pl.lit("mail")).when(both).then(pl.lit("both")).otherwise(pl.lit("crm")).alias("known_to"),
        pl.when(KIND.is_in([*BORN, "namesakes_in_town"]))
        .then(True)
        .when(~KIND.is_in(NO_ADDRESS_OF_THEIR_OWN))
        .then(False)
        .alias("phone_told"),
        pl.when(KIND.is_in(BORN) | (KIND.is_in(NAMESAKES) & EVEN))
        .then(True)
        .when(in_doubt | KIND.is_in(NAMESAKES))
        .then(False)
        .alias("birth_told"),
    ]
