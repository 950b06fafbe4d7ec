-- The spending budget of the calendar year and what was spent of it up to the day, by subject, as
-- finely as the budget says it. What has no budget or is overspent stands first.
-- Grain: one subject of the budget, or of spending without one
-- People: none
-- Needs: budget, ledger
-- Share: rate = spent / approved
-- Opens: budget_execution_rate by subject
-- Column: account | 科目 | Subject | label:subject
-- Column: subject | 所属科目 | Part of | label:subject
-- Column: state | 状态 | State | label:budget_state
-- Column: approved | 核定预算 | Approved | money
-- Column: spent | 支出 | Spent | money
-- Column: rate | 执行率 | Executed | ratio
with approved as (
    select *
    from budget_accounts
    where in_year = year($as_of::date)
),

spent as (
    select
        subject,
        account,
        sum(expense) as spent
    from account_lines
    where
        in_year = year($as_of::date)
        and spent_on <= $as_of
    group by
        subject,
        account
    having sum(expense) <> 0
),

compared as (
    select
        account,
        subject,
        approved.approved,
        coalesce(spent.spent, 0) as spent
    from approved
    full join spent using (subject, account)
)

select
    account,
    subject,
    subject as subject_is,
    case
        when coalesce(approved, 0) <= 0 and spent > 0 then 'without'
        when spent > approved then 'over'
        when spent = 0 then 'unspent'
        else 'within'
    end as state,
    approved,
    spent
from compared
where $subject is null or subject = $subject
order by
    array_position(['without', 'over'], state) nulls last,
    approved desc nulls last,
    spent desc,
    account
