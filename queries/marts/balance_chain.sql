-- Printed balances against the lines themselves: `expected` is the balance printed before, plus
-- income, less spending. A book is read in two orders, as its sheet lists it and by its days: late
-- vouchers put the second out of step, corrected lines of a later file the first. A balance is only
-- not as expected where neither order explains it; and one slip of the pen is told once, for the
-- next line that is right again is measured by the one before the slip.
-- Grain: one line of the cash book with a printed balance
-- People: none
with placed as (
    select
        book.row_key,
        book.is_opening,
        book.place,
        book.printed,
        book.spent_on,
        ledger.voucher_no,
        ledger.source_id,
        ledger.source_row,
        book.printed - sum(book.net) over (order by book.place) as by_day,
        book.printed - sum(book.net) over (
            partition by ledger.source_id
            order by
                ledger.source_row,
                ledger.row_key
        ) as by_sheet
    from cash_book as book
    join ledger using (row_key)
),

stepped as (
    select
        *,
        by_day - lag(by_day) over days as day_step,
        by_day - lag(by_day, 2) over days as day_step_of_two,
        by_sheet - lag(by_sheet) over sheet as sheet_step,
        by_sheet - lag(by_sheet, 2) over sheet as sheet_step_of_two
    from placed
    where printed is not null
    window
        days as (order by place),
        sheet as (
            partition by source_id
            order by
                source_row,
                row_key
        )
)

select
    row_key,
    voucher_no,
    is_opening,
    printed,
    case
        when 0 in (day_step, day_step_of_two, sheet_step, sheet_step_of_two) then printed
        else printed - coalesce(sheet_step, day_step, 0)
    end as expected,
    spent_on
from stepped
