-- Rows whose name could mean several people: a staff number, or a department, tells them apart.
-- Nothing was guessed: they count as somebody, but as nobody in particular.
-- Grain: one row of a roster or a sign-in sheet
-- People: name
-- Column: name | 姓名 | Name | text
-- Column: department | 部门 | Department | text
-- Column: on_day | 日期 | Date | date
-- Column: file | 文件 | File | text
-- Column: sheet | 工作表 | Sheet | text
-- Column: source_row | 行 | Row | count
with named as (
    select
        'staff' as register,
        staff_no,
        name,
        department,
        as_of as on_day,
        source_id,
        source_row
    from staff
    union all
    select
        'members' as register,
        staff_no,
        name,
        department,
        as_of as on_day,
        source_id,
        source_row
    from members
    union all
    select
        'attendance' as register,
        staff_no,
        name,
        department,
        held_on as on_day,
        source_id,
        source_row
    from attendance
)

select
    named.register,
    sources.file,
    sources.sheet,
    named.source_row,
    named.name,
    named.department,
    people.candidates,
    named.on_day
from named
join people
    on
        people.staff_no is not distinct from named.staff_no
        and people.name = named.name
        and people.department is not distinct from named.department
left join sources using (source_id)
where
    people.candidates > 1
    and named.on_day <= $as_of
order by
    named.on_day,
    sources.file,
    sources.sheet,
    named.source_row
