-- Of those who took part in a contest, how many won: the heads that the payments for its prizes tell,
-- by those who came. Payments that tell no heads, or belong to no activity with a known number of
-- participants, cannot be counted so.
-- Grain: one contest, or all payments of a year that belong to none
-- People: none
select
    rule,
    year(spent_on) as in_year,
    null::varchar as who,
    max(activity) as event,
    activity_id as occasion,
    coalesce(sum(heads), 0) as amount,
    case when count(*) = count(heads) then max(nullif(attended, 0)) end as divisor,
    null as bearers,
    false as is_average,
    list(row_key order by row_key) as row_keys,
    min(spent_on) as first_on,
    max(spent_on) as last_on
from matched
group by
    rule,
    year(spent_on),
    activity_id
