-- The lines of the cash book up to the day.
-- Grain: one line of the cash book
-- People: none
-- Key: row_key
-- Column: spent_on | 日期 | Date | date
-- Column: voucher_no | 凭证号 | Voucher | text
-- Column: summary | 摘要 | Summary | text
-- Column: subject | 科目 | Subject | text
-- Column: income | 收入 | Income | money
-- Column: expense | 支出 | Spending | money
-- Column: balance | 余额 | Balance | money
select
    row_key as case_key,
    'ledger' as register,
    row_key,
    null::date as as_of,
    spent_on,
    voucher_no,
    summary,
    subject,
    income,
    expense,
    balance
from ledger
where spent_on <= $as_of
