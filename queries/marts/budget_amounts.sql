-- What was approved, adjusted amounts before first ones, under the official subject. One the chart
-- of accounts does not know counts as spending, as 未归类. A level-1 line and its parts are the
-- same money: read budget_lines for totals, budget_details for subjects.
-- Grain: one line of a budget
-- People: none
select
    budget.row_key,
    budget.year as in_year,
    coalesce(subject_map.level1, '未归类') as subject,
    coalesce(subject_map.level1, '未归类') as level1,
    coalesce(subject_map.level2, subject_map.level1, '未归类') as level2,
    coalesce(subject_map.kind, 'expense') as kind,
    subject_map.level1 is null or subject_map.level2 is null as is_whole,
    coalesce(budget.adjusted, budget.approved) as amount
from budget
left join subject_map on subject_map.subject = budget.subject
where coalesce(budget.adjusted, budget.approved) is not null
