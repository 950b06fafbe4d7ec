-- How many payments each rule looks at, with a ceiling or without one.
-- Grain: one rule
-- People: none
select
    rule,
    null::integer as in_year,
    null::varchar as who,
    null::varchar as event,
    null::varchar as occasion,
    count(*) as amount,
    1 as divisor,
    null::bigint as bearers,
    false as is_average,
    null::varchar[] as row_keys,
    min(spent_on) as first_on,
    max(spent_on) as last_on
from looked_at
group by rule
