-- What a budget adds up to: where a level-1 subject has an amount of its own, that counts and its
-- parts do not.
-- Grain: one approved amount that counts
-- People: none
select
    row_key,
    in_year,
    subject,
    level1,
    level2,
    kind,
    amount
from budget_amounts
qualify
    is_whole
    or not bool_or(is_whole) over (
        partition by
            in_year,
            level1,
            kind
    )
