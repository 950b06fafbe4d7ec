"""What the dashboard is made of: every package pinned to its bytes, and a list of all parts.

    python -m deploy.supply lock    # requirements*.in -> requirements*.txt; asks the package index
    python -m deploy.supply list    # docs/sbom.cdx.json and docs/licences.md; of what is installed

A developer's tool: nothing of it runs in a school.
"""
