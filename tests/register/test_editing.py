"""Three-way merge of a section: what two people wrote at once, field by field and line by line."""

from hypothesis import given
from hypothesis import strategies as st

from register.editing import merge

LINE = "11111111-1111-1111-1111-111111111111"


def state(name="Payroll", **lines):
    return {"fields": {"name": name, "contact": "desk"}, "lines": {"systems": lines}}


def test_what_only_i_changed_is_taken():
    merged = merge(base=state(), mine=state("Wages"), theirs=state())
    assert merged.snapshot["fields"]["name"] == "Wages"
    assert (merged.clashes, merged.theirs) == ((), ())


def test_what_only_the_other_changed_stays_and_is_told():
    merged = merge(base=state(), mine=state(), theirs=state("Wages"))
    assert merged.snapshot["fields"]["name"] == "Wages"
    assert merged.clashes == ()
    assert [clash.field for clash in merged.theirs] == ["name"]


def test_the_same_change_by_both_is_no_clash():
    merged = merge(base=state(), mine=state("Wages"), theirs=state("Wages"))
    assert merged.clashes == ()


def test_different_changes_clash_until_somebody_chooses():
    texts = {"base": state(), "mine": state("Wages"), "theirs": state("Salaries")}
    clash = merge(**texts).clashes[0]
    assert (clash.base, clash.mine, clash.theirs) == ("Payroll", "Wages", "Salaries")
    for chosen, expected in (("mine", "Wages"), ("theirs", "Salaries")):
        merged = merge(**texts, choices={clash.key: chosen})
        assert merged.clashes == ()
        assert merged.snapshot["fields"]["name"] == expected


TICKS = st.lists(st.sampled_from("abcd"), unique=True)


@given(base=TICKS, mine=TICKS, theirs=TICKS)
def test_of_a_set_each_member_is_merged_for_itself(base, mine, theirs):
    merged = merge(base=state(base), mine=state(mine), theirs=state(theirs), sets=["name"])
    assert merged.clashes == ()
    ticked = merged.snapshot["fields"]["name"]
    assert len(ticked) == len(set(ticked))
    for one in "abcd":
        sides = [one in side for side in (base, mine, theirs)]
        assert (one in ticked) == (sides[1] if sides[1] != sides[0] else sides[2])


def test_of_a_set_that_nobody_knows_the_beginning_of_somebody_chooses():
    merged = merge(base={"fields": {}, "lines": {}}, mine=state(["a"]), theirs=state(["b"]), sets=["name"])
    assert [clash.field for clash in merged.clashes] == ["name"]


def test_a_line_that_the_other_added_is_kept():
    merged = merge(base=state(), mine=state(), theirs=state(**{LINE: {"use": "x", "position": 0}}))
    assert merged.snapshot["lines"]["systems"] == {LINE: {"use": "x", "position": 0}}


def test_a_line_taken_away_by_one_and_changed_by_the_other_clashes_as_a_whole():
    before = {LINE: {"use": "x", "position": 0}}
    changed = {LINE: {"use": "y", "position": 0}}
    merged = merge(base=state(**before), mine=state(), theirs=state(**changed))
    assert [(clash.line, clash.field, clash.mine, clash.theirs) for clash in merged.clashes] == [
        (LINE, "", None, {"use": "y"})
    ]
    chosen = merge(
        base=state(**before), mine=state(), theirs=state(**changed), choices={merged.clashes[0].key: "theirs"}
    )
    assert chosen.snapshot["lines"]["systems"] == changed


def test_a_new_order_of_lines_never_clashes():
    base, mine, theirs = (state(**{LINE: {"use": "x", "position": place}}) for place in (0, 3, 1))
    merged = merge(base=base, mine=mine, theirs=theirs)
    assert merged.clashes == ()


values = st.fixed_dictionaries({"name": st.sampled_from("abc"), "contact": st.sampled_from("abc")})


@given(base=values, mine=values, theirs=values)
def test_nobody_s_words_are_lost_without_a_choice(base, mine, theirs):
    merged = merge(*({"fields": fields, "lines": {}} for fields in (base, mine, theirs)))
    clashing = {clash.field for clash in merged.clashes}
    for field in base:
        kept = merged.snapshot["fields"][field]
        if field in clashing:
            assert len({base[field], mine[field], theirs[field]}) == 3
        else:
            changed = {value for value in (mine[field], theirs[field]) if value != base[field]}
            assert kept == (changed.pop() if changed else base[field])
