-- Lines whose printed balance is not the one before it plus income less spending, the oldest first:
-- after the first of them the book and its lines tell two stories.
-- Grain: one line of the cash book that breaks the chain
-- People: none
-- Needs: ledger
-- Case: ledger
-- Column: spent_on | 日期 | Date | date
-- Column: voucher_no | 凭证号 | Voucher | text
-- Column: expected | 应为余额 | Expected | money
-- Column: printed | 账面余额 | Printed | money
-- Column: difference | 差额 | Difference | money
select
    row_key,
    spent_on,
    voucher_no,
    expected,
    printed,
    printed - expected as difference
from balance_chain
where
    spent_on between $start and $as_of
    and printed <> expected
order by
    spent_on,
    row_key
