-- Who became a member, ceased to be one, or changed department, on the day from which the rosters
-- say so: between any two days, members before + joined - left = members after.
-- It begins with the first member roster: nobody on it has joined. Who was a member before comes
-- back (returned). `reason` is what the rosters of that day say of someone who left; without a word
-- of theirs the person is no longer listed, and a name that could mean several people is unsure.
-- Who has no staff number is another person in another department (known_people); where on one day
-- one bearer of a name leaves and one joins, and no other member bears it, that person has moved.
-- Grain: one change of one member on one day
-- People: person_id
with spells as materialized (
    select
        *,
        coalesce(person_id, '?' || row_key) as member_key
    from member_spells
),

neighbours as materialized (
    select
        *,
        lag(valid_to) over before_and_after as was_until,
        lag(department) over before_and_after as was_department,
        lag(department_key) over before_and_after as was_department_key,
        lead(valid_from) over before_and_after as again_from
    from spells
    window before_and_after as (
        partition by member_key
        order by valid_from
    )
),

began as (
    select min(valid_from) as first_day
    from snapshots
    where register = 'members'
),

arrived as materialized (
    select
        neighbours.*,
        valid_from as moved_on
    from neighbours
    cross join began
    where
        valid_from > first_day
        and was_until is distinct from valid_from
),

departed as materialized (
    select
        *,
        valid_to as moved_on
    from neighbours
    where
        valid_to < date '9999-12-31'
        and again_from is distinct from valid_to
),

-- one name out, one name in, and nobody else of that name among the members of either day
same_name as materialized (
    select
        departed.member_key as left_key,
        arrived.member_key as joined_key,
        departed.moved_on,
        departed.department as was_department
    from departed
    join arrived using (moved_on, name_key)
    join spells as bearer
        on
            bearer.name_key = departed.name_key
            and bearer.valid_from <= departed.moved_on
            and bearer.valid_to >= departed.moved_on
    where
        departed.person_id is not null
        and arrived.person_id is not null
        and not (departed.person_id like '#%' and arrived.person_id like '#%')
    group by all
    having count(distinct bearer.member_key) = 2
),

changes as (
    select
        arrived.*,
        case when was_until is null then 'joined' else 'returned' end as what,
        null as from_department,
        department as to_department
    from arrived
    anti join same_name
        on
            same_name.joined_key = arrived.member_key
            and same_name.moved_on = arrived.moved_on
    union all
    select
        departed.*,
        'left' as what,
        department as from_department,
        null as to_department
    from departed
    anti join same_name
        on
            same_name.left_key = departed.member_key
            and same_name.moved_on = departed.moved_on
    union all
    select
        arrived.*,
        'moved' as what,
        same_name.was_department as from_department,
        arrived.department as to_department
    from arrived
    join same_name
        on
            same_name.joined_key = arrived.member_key
            and same_name.moved_on = arrived.moved_on
    union all
    select
        *,
        valid_from as moved_on,
        'moved' as what,
        was_department as from_department,
        department as to_department
    from neighbours
    where
        was_until = valid_from
        and department_key <> was_department_key
),

-- what both rosters say of a person on a day
said as materialized (
    select
        listed.register,
        listed.person_id,
        listed.row_key,
        listed.is_gone,
        listed.listed_from,
        listed.valid_to as last_day,
        snapshot.valid_to
    from rostered as listed
    join snapshots as snapshot
        on
            snapshot.register = listed.register
            and snapshot.valid_from = listed.listed_from
    where listed.person_id is not null
)

select
    change.member_key || '@' || change.moved_on as move_id,
    change.person_id,
    change.row_key,
    change.listed_from,
    case
        when change.what <> 'left' then 'members'
        when member.is_gone then 'members'
        when staff.is_gone or staff.last_day <= change.moved_on then 'staff'
        else 'members'
    end as told_by,
    case
        when change.what <> 'left' then change.row_key
        when member.is_gone then member.row_key
        when staff.is_gone or staff.last_day <= change.moved_on then staff.row_key
        else change.row_key
    end as told_key,
    case
        when change.what <> 'left' then change.listed_from
        when member.is_gone then member.listed_from
        when staff.is_gone or staff.last_day <= change.moved_on then staff.listed_from
        else change.listed_from
    end as told_from,
    change.what,
    case
        when change.person_id is null then 'unsure'
        when change.what <> 'left' then null
        when member.is_gone
            then coalesce(nullif(member_row.member_status, 'active'), member_row.employment_type)
        when staff.is_gone
            then coalesce(
                case staff_row.status
                    when 'left' then 'quit'
                    when 'active' then null
                    when 'lent' then null
                    else staff_row.status
                end,
                staff_row.employment_type
            )
        when staff.last_day <= change.moved_on then 'ended'
        when member.person_id is null and staff.person_id is null and staff_roster.valid_from is not null
            then 'off_staff'
        when member.person_id is null then 'unlisted'
    end as reason,
    change.from_department,
    change.to_department,
    change.department,
    change.employment_type,
    change.sex,
    change.birth_date,
    change.moved_on
from changes as change
left join said as member
    on
        member.register = 'members'
        and member.person_id = change.person_id
        and change.moved_on >= member.listed_from
        and change.moved_on < member.valid_to
left join said as staff
    on
        staff.register = 'staff'
        and staff.person_id = change.person_id
        and change.moved_on >= staff.listed_from
        and change.moved_on < staff.valid_to
left join snapshots as staff_roster
    on
        staff_roster.register = 'staff'
        and change.moved_on >= staff_roster.valid_from
        and change.moved_on < staff_roster.valid_to
left join members as member_row
    on
        member_row.row_key = member.row_key
        and member_row.as_of = member.listed_from
left join staff as staff_row
    on
        staff_row.row_key = staff.row_key
        and staff_row.as_of = staff.listed_from
