-- Payments whose words call for a look. A word is a hint, and nothing more.
-- Grain: one payment
-- People: none
select
    rule,
    year(spent_on) as in_year,
    null::varchar as who,
    '“' || regexp_extract(concat_ws(' ', summary, activity), coalesce(words, '')) || '”' as event,
    row_key as occasion,
    amount,
    1 as divisor,
    null as bearers,
    false as is_average,
    [row_key] as row_keys,
    spent_on as first_on,
    spent_on as last_on
from matched
