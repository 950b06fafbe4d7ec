-- A roster speaks for every day from its own as-of date to the next one's, which is not included.
-- Grain: one snapshot of one roster
-- People: none
with taken as (
    select distinct
        'staff' as register,
        as_of
    from staff
    union all
    select distinct
        'members' as register,
        as_of
    from members
)

select
    register,
    as_of as valid_from,
    lead(as_of, 1, date '9999-12-31') over (partition by register order by as_of) as valid_to
from taken
