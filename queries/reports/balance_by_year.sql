-- Opening + income − spending = closing, year by year, beside the balance the book itself prints
-- last. The opening balance is what is carried over, or what the book states before its first line
-- of the year; where the two differ, balance_breaks says so.
-- Grain: one calendar year of the cash book
-- People: none
-- Needs: ledger
-- Opens: spending_total
-- Wall: in_year
-- Column: in_year | 年度 | Year | text
-- Column: opening | 年初结余 | Opening | money
-- Column: income | 收入 | Income | money
-- Column: spending | 支出 | Spending | money
-- Column: closing | 年末结余 | Closing | money
-- Column: printed | 账面余额 | Printed | money
-- Column: difference | 差额 | Difference | money
with book as (
    select
        cash_book.*,
        year(cash_book.spent_on) as in_year,
        ledger.source_id,
        ledger.source_row
    from cash_book
    join ledger using (row_key)
    where cash_book.spent_on <= $as_of
),

begun as (
    select
        in_year,
        coalesce(min(place) filter (where not is_opening), max(place)) as first_line
    from book
    group by in_year
),

yearly as (
    select
        book.in_year,
        sum(book.change) as changed,
        sum(book.change - book.net) filter (where book.place <= begun.first_line) as brought_in,
        arg_max(book.printed, book.place) filter (where book.printed is not null) as last_by_day,
        arg_max(book.printed, (book.source_id, book.source_row))
            filter (where book.printed is not null)
            as last_by_sheet
    from book
    join begun using (in_year)
    group by book.in_year
),

moved as (
    select
        year(spent_on) as in_year,
        sum(income) as income,
        sum(expense) as spending
    from ledger_lines
    where spent_on <= $as_of
    group by in_year
),

balanced as (
    select
        yearly.in_year,
        coalesce(sum(yearly.changed) over earlier, 0) + yearly.brought_in as opening,
        coalesce(moved.income, 0) as income,
        coalesce(moved.spending, 0) as spending,
        opening + coalesce(moved.income, 0) - coalesce(moved.spending, 0) as closing,
        yearly.last_by_day,
        yearly.last_by_sheet
    from yearly
    left join moved using (in_year)
    window
        earlier as (
            order by yearly.in_year
            rows between unbounded preceding and 1 preceding
        )
)

select
    in_year::varchar as in_year,
    make_date(balanced.in_year::integer, 1, 1) as opens_from,
    least(make_date(balanced.in_year::integer, 12, 31), $as_of::date) as opens_to,
    opening,
    income,
    spending,
    closing,
    case when last_by_sheet = closing then last_by_sheet else last_by_day end as printed,
    printed - closing as difference
from balanced
order by balanced.in_year
