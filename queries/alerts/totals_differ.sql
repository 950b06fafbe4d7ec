-- Totals printed in a sheet that are not the sum of the rows they stand for, as found when it was
-- imported. A sheet imported again speaks for itself, and one that was taken back is silent.
-- Grain: one printed total that does not reconcile
-- People: none
-- Column: file | 文件 | File | text
-- Column: sheet | 工作表 | Sheet | text
-- Column: header | 列 | Column | text
-- Column: cell | 单元格 | Cell | text
-- Column: printed | 表内合计 | Printed | money
-- Column: computed | 明细之和 | Sum of the rows | money
-- Column: difference | 差额 | Difference | money
-- Column: imported_on | 导入日期 | Imported | date
with latest as (
    select
        sources.file,
        sources.sheet,
        sources.columns,
        sources.totals,
        least(imports.imported_at::date, $today::date) as imported_on
    from sources
    join imports using (import_id)
    where imports.undone_at is null
    qualify
        row_number() over (
            partition by
                sources.file,
                sources.sheet,
                sources.area
            order by sources.source_id desc
        ) = 1
),

failed as (
    select
        latest.* exclude (totals),
        unnest(
            from_json(
                totals,
                '[{"field": "VARCHAR", "cell": "VARCHAR", "printed": "DECIMAL(20,4)", "computed": "DECIMAL(20,4)"}]'
            ),
            recursive := true
        )
    from latest
)

select
    file,
    sheet,
    coalesce(json_extract_string(columns, '$."' || field || '".header'), field) as header,
    cell,
    printed,
    computed,
    printed - computed as difference,
    imported_on
from failed
order by
    imported_on,
    file,
    sheet,
    cell
