-- What each year's budget approves for spending, as finely as it says it: its accounts.
-- Grain: one account of one year's budget
-- People: none
select
    in_year,
    subject,
    level2 as account,
    sum(amount) as approved
from budget_details
where kind = 'expense'
group by
    in_year,
    subject,
    level2
