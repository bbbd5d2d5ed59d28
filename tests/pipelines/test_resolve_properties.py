from string import ascii_lowercase

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from resolving import resolved

FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIRST = {"ana": "ana", "anna": "anna", "ben": "benjamin", "benjamin": "benjamin", "lou": "lou"}


@st.composite
def contacts(draw):
    """Up to eight contacts of a village: few names, days and streets, so that they are often alike."""
    made = {}
    for key in ascii_lowercase[: draw(st.integers(2, 8))]:
        first, last = draw(st.sampled_from(sorted(FIRST))), draw(st.sampled_from(["dubreuil", "dubreuille", "sorel"]))
        made[key] = {
            "first_key": first,
            "first_root": FIRST[first],
            "last_key": last,
            "name_key": " ".join(sorted([first, last])),
            "birth_date": draw(st.sampled_from([None, None, "1950-03-17", "1984-05-02", "1984-05-12"])),
            "street_key": draw(st.sampled_from([None, "12 rue lilas", "3 av gare"])),
            "postcode_key": draw(st.sampled_from([None, "69003"])),
        }
    return made


def links_of(keys):
    pairs = st.tuples(st.sampled_from(sorted(keys)), st.sampled_from(sorted(keys)))
    return st.lists(pairs.filter(lambda pair: pair[0] < pair[1]), max_size=3, unique=True)


@FEW
@given(st.data())
def test_people_depend_on_nothing_but_what_their_contacts_state(company, data):
    keys = data.draw(contacts())
    links = [(a, b, "same_phone_and_name") for a, b in data.draw(links_of(keys))]
    found = resolved(company, keys, links)
    assert sorted("".join(found)) == sorted(keys), "every contact is in one person"

    shuffled = dict(data.draw(st.permutations(sorted(keys.items()))))
    turned = [(b, a, rule) for a, b, rule in data.draw(st.permutations(links))]
    unrelated = {"first_key": "wilhelmine", "first_root": "wilhelmine", "last_key": "oppenrade"}
    more = {"z": {**unrelated, "name_key": "oppenrade wilhelmine", "birth_date": "1931-11-29"}}
    assert resolved(company, {**more, **shuffled}, turned) == found | {"z"}, "order and strangers change nobody"


@FEW
@given(st.data())
def test_what_is_kept_apart_is_apart_until_that_is_undone(company, data):
    keys = data.draw(contacts())
    links = [(a, b, "same_record") for a, b in data.draw(links_of(keys))]
    before = resolved(company, keys, links)
    apart = data.draw(links_of(keys))
    found = resolved(company, keys, links, [("not_same_customer", a, b) for a, b in apart])
    assert not [pair for pair in apart for person in found if set(pair) <= set(person)]
    assert resolved(company, keys, links) == before
