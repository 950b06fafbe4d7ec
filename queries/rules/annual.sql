-- What a member got in a calendar year: what was paid for them by name, and of what was paid for all
-- the average, the sum of a day divided by the members of that day. Where only averages are known,
-- nobody is named. A payment on a day without a member roster cannot be divided.
-- Grain: one part of one person's, or of everybody's, year
-- People: who
with general as (
    select
        rule,
        year(spent_on) as in_year,
        members as divisor,
        sum(amount) as amount,
        list(row_key order by row_key) as row_keys,
        min(spent_on) as first_on,
        max(spent_on) as last_on
    from matched
    where people is null
    group by
        rule,
        year(spent_on),
        members
),

named as (
    select
        rule,
        year(spent_on) as in_year,
        unnest(people) as who,
        len(people) as divisor,
        bearers,
        amount,
        row_key,
        spent_on
    from matched
    where people is not null
)

select
    rule,
    in_year,
    who,
    null::varchar as event,
    null::varchar as occasion,
    sum(amount) as amount,
    divisor,
    max(bearers) as bearers,
    divisor > 1 as is_average,
    list(row_key order by row_key) as row_keys,
    min(spent_on) as first_on,
    max(spent_on) as last_on
from named
group by
    rule,
    in_year,
    who,
    divisor
union all
select
    general.rule,
    general.in_year,
    holder.who,
    null as event,
    null as occasion,
    general.amount,
    general.divisor,
    null as bearers,
    true as is_average,
    general.row_keys,
    general.first_on,
    general.last_on
from general
join (select distinct rule, in_year, who from named) as holder using (rule, in_year)
where general.divisor is not null
union all
select
    rule,
    in_year,
    null as who,
    null as event,
    null as occasion,
    amount,
    divisor,
    null as bearers,
    true as is_average,
    row_keys,
    first_on,
    last_on
from general
