-- The budget as approved, as finely as it says.
-- Grain: one approved amount at the lowest level given
-- People: none
-- Title: 预算 | budget
-- Role: officer
-- Column: in_year | 年度 | year | count
-- Column: kind | 收支 | kind | label:direction
-- Column: level1 | 一级科目 | subject | label:subject
-- Column: level2 | 二级科目 | part | label:subject
-- Column: amount | 核定预算 | approved | money
select
    in_year,
    kind,
    level1,
    level2,
    amount
from budget_details
order by all
