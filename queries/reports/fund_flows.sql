-- Where the money came from and where it went: what was there at the beginning and income by
-- subject flow into the union's funds, and from there to spending by subject, to the activity or
-- finer subject it was for, and to what is left. What flows in is what flows out, to the fen. A flow
-- below nought (a refund, an overdrawn book) runs the other way. `from_layer` and `to_layer` say
-- where a flow begins and ends: 0 what comes in, 1 the funds, 2 what goes out, 3 what it was for.
-- Grain: one flow of money from one place to another
-- People: none
-- Needs: ledger
-- Column: source | 来自 | From | label:fund_place
-- Column: target | 用于 | To | label:fund_place
-- Column: value | 金额 | Amount | money
with begun as (
    select coalesce(min(place) filter (where not is_opening), max(place)) as first_line
    from cash_book
    where spent_on between $start and $as_of
),

book as (
    select
        coalesce(sum(change) filter (where spent_on < $start), 0)
        + coalesce(
            sum(change - net) filter (where spent_on >= $start and place <= begun.first_line),
            0
        ) as opening,
        coalesce(
            sum(change - net) filter (where spent_on >= $start and place > begun.first_line),
            0
        ) as restated,
        coalesce(sum(change), 0) as closing
    from cash_book
    cross join begun
    where spent_on <= $as_of
),

line as (
    select *
    from ledger_lines
    where spent_on between $start and $as_of
),

flow as (
    select
        0 as layer,
        'opening' as source,
        'funds' as target,
        opening as value
    from book
    union all
    select
        0 as layer,
        'restated' as source,
        'funds' as target,
        restated as value
    from book
    union all
    select
        0 as layer,
        subject as source,
        'funds' as target,
        sum(income) as value
    from line
    group by subject
    union all
    select
        1 as layer,
        'funds' as source,
        subject as target,
        sum(expense) as value
    from line
    group by subject
    union all
    select
        1 as layer,
        'funds' as source,
        'left' as target,
        closing as value
    from book
    union all
    select
        2 as layer,
        subject as source,
        coalesce(activity, level2) as target,
        sum(expense) as value
    from line
    where coalesce(activity, level2) <> subject
    group by
        subject,
        coalesce(activity, level2)
)

-- a negative income leaves the funds, a negative spending comes into them; `subject` is the official
-- one a flow is the amount of, where it is one
select
    case when value > 0 then source else target end as source,
    case when value > 0 then target else source end as target,
    case when layer = 1 then target else source end as subject,
    abs(value) as value,
    case when value > 0 then layer else [1, 0, 3][layer + 1] end as from_layer,
    case when value > 0 then layer + 1 else [2, 1, 2][layer + 1] end as to_layer
from flow
where value <> 0
order by
    layer,
    abs(value) desc,
    source,
    target
