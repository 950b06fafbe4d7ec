-- The cash book's income and spending by subject, without the summaries, which may name people.
-- Grain: one line of the cash book
-- People: none
-- Title: 收支明细 | ledger
-- Role: officer
-- Column: spent_on | 日期 | date | date
-- Column: voucher_no | 凭证号 | voucher | text
-- Column: level1 | 一级科目 | subject | label:subject
-- Column: level2 | 二级科目 | part | label:subject
-- Column: activity | 关联活动 | activity | text
-- Column: fund_source | 经费来源 | fund_source | label
-- Column: income | 收入 | income | money
-- Column: expense | 支出 | expense | money
select
    spent_on,
    voucher_no,
    level1,
    level2,
    activity,
    fund_source,
    income,
    expense
from ledger_lines
order by
    spent_on,
    voucher_no
