-- What was approved, as finely as the budget says it: where a level-1 subject's parts are listed
-- too, its own line is their sum and left out.
-- Grain: one approved amount at the lowest level given
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
    not is_whole
    or not bool_or(not is_whole) over (
        partition by
            in_year,
            level1,
            kind
    )
