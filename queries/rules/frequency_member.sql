-- On how many days of a calendar year something was paid for one person. A payment that names nobody
-- cannot be counted so.
-- Grain: one person in one calendar year, or all payments of a year that name nobody
-- People: who
with named as (
    select
        rule,
        unnest(people) as who,
        bearers,
        row_key,
        spent_on
    from matched
    where people is not null
)

select
    rule,
    year(spent_on) as in_year,
    who,
    null::varchar as event,
    null::varchar as occasion,
    count(distinct spent_on) as amount,
    1 as divisor,
    max(bearers) as bearers,
    false as is_average,
    list(row_key order by row_key) as row_keys,
    min(spent_on) as first_on,
    max(spent_on) as last_on
from named
group by
    rule,
    year(spent_on),
    who
union all
select
    rule,
    year(spent_on) as in_year,
    null as who,
    null as event,
    null as occasion,
    0 as amount,
    null as divisor,
    null as bearers,
    false as is_average,
    list(row_key order by row_key) as row_keys,
    min(spent_on) as first_on,
    max(spent_on) as last_on
from matched
where people is null
group by
    rule,
    year(spent_on)
