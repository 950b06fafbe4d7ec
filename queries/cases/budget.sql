-- The approved amounts of the year.
-- Grain: one line of a budget
-- People: none
-- Key: row_key
-- Column: year | 年度 | Year | text
-- Column: subject | 科目 | Subject | text
-- Column: approved | 核定预算 | Approved | money
-- Column: adjusted | 调整后预算 | Adjusted | money
select
    row_key as case_key,
    'budget' as register,
    row_key,
    null::date as as_of,
    year,
    subject,
    approved,
    adjusted
from budget
where year <= year($as_of::date)
