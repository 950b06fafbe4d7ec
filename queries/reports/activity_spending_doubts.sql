-- Spending that names an activity the registers do not have in that year, or have more than once:
-- no activity's cost has it in it.
-- Grain: one line of the cash book
-- People: none
-- Needs: ledger
-- Shows: ledger
-- Case: ledger
-- Column: doubt | 核对 | To check | label:spending_doubt
-- Column: spent_on | 日期 | Date | date
-- Column: voucher_no | 凭证号 | Voucher | text
-- Column: activity | 关联活动 | Activity named | text
-- Column: expense | 支出 | Spending | money
select
    spent.row_key,
    case when spent.meant = 0 then 'unknown' else 'several' end as doubt,
    spent.spent_on,
    ledger.voucher_no,
    spent.activity,
    spent.expense
from activity_spending as spent
join ledger using (row_key)
where
    spent.activity_id is null
    and spent.spent_on between $start and $as_of
order by
    spent.spent_on desc,
    spent.row_key
