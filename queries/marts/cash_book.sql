-- What each line adds to the balance, so that the running sum is the balance of the cash book.
-- An opening row (上年结余) states the balance: it adds what the book does not say already, and so
-- re-anchors it. Where lines come before the first opening row, the first balance printed beside
-- one of them tells what was there before the book began.
-- Within a day lines keep their file's order; the file that begins earlier comes first.
-- `place` is that order from first to last, `net` what the line itself says, `printed` the balance
-- printed beside it: `change` less `net` is what an opening row or the book's first line brings in.
-- Grain: one row of the cash book
-- People: none
with begun as (
    select
        row_key,
        min(spent_on) over (partition by source_id) as source_begins
    from ledger
),

ordered as (
    select
        ledger.row_key,
        coalesce(ledger.is_opening, false) as is_opening,
        ledger.balance,
        coalesce(ledger.income, 0) - coalesce(ledger.expense, 0) as net,
        ledger.spent_on,
        row_number() over (
            order by
                ledger.spent_on,
                begun.source_begins,
                ledger.source_id,
                ledger.source_row,
                ledger.row_key
        ) as place
    from ledger
    join begun using (row_key)
    where
        not coalesce(ledger.is_opening, false)
        or ledger.balance is not null
),

chained as (
    select
        *,
        count(*) filter (where is_opening) over (order by place) as chapter,
        sum(net) over (order by place) as moved
    from ordered
),

-- each chapter runs from one opening row to the next; before the first one stands chapter 0
opened as (
    select
        chapter,
        coalesce(
            max(balance) filter (where is_opening),
            arg_min(balance - moved, place) filter (where balance is not null),
            0
        ) as opening,
        sum(net) as moved_in_all,
        min(place) as first_place
    from chained
    group by chapter
),

carried as (
    select
        chapter,
        first_place,
        opening
        - coalesce(lag(opening + moved_in_all) over (order by chapter), 0) as brought_in
    from opened
)

select
    chained.row_key,
    chained.is_opening,
    chained.place,
    chained.net,
    chained.balance as printed,
    chained.net + case when chained.place = carried.first_place then carried.brought_in else 0 end
        as change,
    chained.spent_on
from chained
join carried using (chapter)
