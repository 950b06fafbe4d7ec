-- Income and spending by subject. Opening balances are neither, and so not here.
-- A subject the chart of accounts does not know is 未归类: its money counts all the same.
-- Grain: one line of the cash book
-- People: none
select
    ledger.row_key,
    ledger.voucher_no,
    ledger.subject as written_subject,
    coalesce(subject_map.level1, '未归类') as subject,
    coalesce(subject_map.level1, '未归类') as level1,
    coalesce(subject_map.level2, subject_map.level1, '未归类') as level2,
    ledger.activity,
    ledger.fund_source,
    coalesce(ledger.income, 0) as income,
    coalesce(ledger.expense, 0) as expense,
    ledger.spent_on
from ledger
left join subject_map on subject_map.subject = ledger.subject
where not coalesce(ledger.is_opening, false)
