-- The rules themselves, as they are handed in: each with the file of this folder that judges it
-- (`asked`), the days on which it is in force, and patterns for what it looks at; an empty one does
-- not narrow. Every other query of this folder reads them as `rule`.
-- Grain: one rule
-- People: none
select
    unnest($rules::varchar[]) as rule,
    unnest($asked::varchar[]) as asked,
    unnest($since::date[]) as since,
    unnest($until::date[]) as until,
    unnest($words::varchar[]) as words,
    unnest($without::varchar[]) as without,
    unnest($subjects::varchar[]) as subjects,
    unnest($kinds::varchar[]) as kinds,
    unnest($funds::varchar[]) as funds
