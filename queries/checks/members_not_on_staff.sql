-- Members of the day without a counterpart on the staff of the day: retired or departed people
-- still listed, another spelling, or a department that differs. They count as members, not in 入会率.
-- Grain: one row of the member roster
-- People: name
-- Needs: staff, members
-- Column: name | 姓名 | Name | text
-- Column: department | 部门 | Department | text
-- Column: file | 文件 | File | text
-- Column: sheet | 工作表 | Sheet | text
-- Column: source_row | 行 | Row | count
select
    sources.file,
    sources.sheet,
    members.source_row,
    members.name,
    members.department
from member_spells as member
join members
    on
        members.row_key = member.row_key
        and members.as_of = (
            select max(as_of)
            from members
            where as_of <= $as_of
        )
join snapshots as staff_roster
    on
        staff_roster.register = 'staff'
        and $as_of >= staff_roster.valid_from
        and $as_of < staff_roster.valid_to
left join enrolled
    on
        enrolled.person_id = member.person_id
        and $as_of >= enrolled.valid_from
        and $as_of < enrolled.valid_to
left join sources using (source_id)
where
    $as_of >= member.valid_from
    and $as_of < member.valid_to
    and enrolled.person_id is null
order by
    sources.file,
    sources.sheet,
    members.source_row
