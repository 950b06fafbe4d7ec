-- Subjects that two sheets approve for one year in other words or under another code: a budget that
-- was issued again counts beside the first one. Where the second really adds to it, all is well.
-- Grain: one subject of the year's budget in two sheets or more
-- People: none
-- Needs: budget
-- Column: account | 科目 | Subject | label:subject
-- Column: sheets | 表数 | Sheets | count
-- Column: approved | 合计预算 | Approved in all | money
-- Column: files | 文件 | Files | text
-- Column: imported_on | 导入日期 | Imported | date
with named as (
    select
        coalesce(subject_map.level2, subject_map.level1, budget.subject) as account,
        coalesce(budget.adjusted, budget.approved) as amount,
        budget.source_id
    from budget
    left join subject_map on subject_map.subject = budget.subject
    where
        budget.year = year($as_of::date)
        and coalesce(budget.adjusted, budget.approved) is not null
)

select
    named.account,
    count(distinct named.source_id) as sheets,
    sum(named.amount) as approved,
    string_agg(distinct sources.file, '、' order by sources.file) as files,
    max(least(imports.imported_at::date, $today::date)) as imported_on
from named
join sources using (source_id)
join imports using (import_id)
group by named.account
having count(distinct named.source_id) > 1
order by
    approved desc,
    named.account
