-- Accounts that ask for a look: spent beyond the budget, without one, or nearly up to it while the
-- year still runs (budget_warning_percent). As finely as the budget says them, like the report
-- budget_by_subject. A year nobody made a budget for has none to be measured by. `since` is the day
-- on which the mark was first passed; what is furthest past it stands first.
-- Grain: one account of the budget, or of spending without one
-- People: none
-- Shows: budget
-- Needs: budget, ledger
-- Share: rate = spent / approved
-- Column: account | 科目 | Subject | label:subject
-- Column: subject | 所属科目 | Part of | label:subject
-- Column: approved | 核定预算 | Approved | money
-- Column: spent | 支出 | Spent | money
-- Column: rate | 执行率 | Executed | ratio
-- Column: since | 自 | Since | date
with approved as (
    select *
    from budget_accounts
    where in_year = year($as_of::date)
),

paid as (
    select *
    from account_lines
    where
        in_year = year($as_of::date)
        and spent_on <= $as_of
),

running as (
    select
        subject,
        account,
        coalesce(approved.approved, 0) as budget,
        paid.expense,
        paid.spent_on,
        sum(paid.expense) over (
            partition by
                subject,
                account
            order by paid.spent_on
        ) as so_far
    from paid
    left join approved using (subject, account)
    where exists (from approved)
),

measured as (
    select
        account,
        subject,
        any_value(budget) as budget,
        sum(expense) as spent,
        sum(expense) * 100 >= any_value(budget) * max(warning.value) as is_nearly,
        min(spent_on) filter (where so_far > budget) as beyond_from,
        min(spent_on) filter (where so_far * 100 >= budget * warning.value) as nearly_from
    from running
    cross join school_rules as warning
    where warning.name = 'budget_warning_percent'
    group by
        account,
        subject
)

select
    account,
    subject,
    case
        when budget <= 0 and spent > 0 then 'without'
        when spent > budget then 'over'
        when is_nearly and $as_of::date < make_date(year($as_of::date), 12, 31) then 'nearly'
    end as state,
    case when budget > 0 then budget end as approved,
    spent,
    case state when 'nearly' then nearly_from else beyond_from end as since
from measured
where
    state is not null
    and ($subject is null or subject = $subject)
order by
    state,
    spent - budget desc,
    account
