-- The spending budget of the calendar year and how it was used up: what had been spent by the end of
-- each month, up to the day; months to come are empty. Beside it the share of the year that is over.
-- What has no budget or is overspent stands first.
-- Grain: one level-1 subject of the budget, or of spending without one
-- People: none
-- Needs: budget, ledger
-- Share: rate = spent / approved
-- Share: elapsed = days_over / days_in_all
-- Opens: budget_execution_rate by subject
-- Column: subject | 科目 | Subject | label:subject
-- Column: state | 状态 | State | label:budget_state
-- Column: approved | 核定预算 | Approved | money
-- Column: spent | 累计支出 | Spent | money
-- Column: rate | 执行率 | Executed | ratio
-- Column: elapsed | 时间进度 | Year elapsed | ratio
-- Column: by_01 | 至1月 | To Jan | money
-- Column: by_02 | 至2月 | To Feb | money
-- Column: by_03 | 至3月 | To Mar | money
-- Column: by_04 | 至4月 | To Apr | money
-- Column: by_05 | 至5月 | To May | money
-- Column: by_06 | 至6月 | To Jun | money
-- Column: by_07 | 至7月 | To Jul | money
-- Column: by_08 | 至8月 | To Aug | money
-- Column: by_09 | 至9月 | To Sep | money
-- Column: by_10 | 至10月 | To Oct | money
-- Column: by_11 | 至11月 | To Nov | money
-- Column: by_12 | 至12月 | To Dec | money
with approved as (
    select
        subject,
        sum(amount) as approved
    from budget_lines
    where
        in_year = year($as_of::date)
        and kind = 'expense'
    group by subject
),

spent as (
    select
        subject,
        month(spent_on) as in_month,
        sum(expense) as spent
    from ledger_lines
    where
        year(spent_on) = year($as_of::date)
        and spent_on <= $as_of
        and expense <> 0
    group by all
),

looked_at as (
    select
        subject,
        approved.approved
    from approved
    full join (select distinct subject from spent) using (subject)
),

cumulated as (
    select
        looked_at.subject,
        looked_at.approved,
        months.n,
        coalesce(sum(spent.spent), 0) as spent
    from looked_at
    cross join range(1, month($as_of::date) + 1) as months(n)
    left join spent
        on
            spent.subject = looked_at.subject
            and spent.in_month <= months.n
    group by all
),

spread as (
    select
        subject,
        approved,
        max_by(spent, n) as spent,
        max(spent) filter (where n = 1) as by_01,
        max(spent) filter (where n = 2) as by_02,
        max(spent) filter (where n = 3) as by_03,
        max(spent) filter (where n = 4) as by_04,
        max(spent) filter (where n = 5) as by_05,
        max(spent) filter (where n = 6) as by_06,
        max(spent) filter (where n = 7) as by_07,
        max(spent) filter (where n = 8) as by_08,
        max(spent) filter (where n = 9) as by_09,
        max(spent) filter (where n = 10) as by_10,
        max(spent) filter (where n = 11) as by_11,
        max(spent) filter (where n = 12) as by_12
    from cumulated
    group by all
)

select
    *,
    subject as subject_is,
    case
        when coalesce(approved, 0) <= 0 and spent > 0 then 'without'
        when spent > approved then 'over'
        when spent = 0 then 'unspent'
        else 'within'
    end as state,
    dayofyear($as_of::date) as days_over,
    dayofyear(make_date(year($as_of::date), 12, 31)) as days_in_all
from spread
where $subject is null or subject = $subject
order by
    array_position(['without', 'over'], state) nulls last,
    approved desc nulls last,
    spent desc,
    subject
