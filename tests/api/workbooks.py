"""Workbooks: made by openpyxl, and by hand where no program would."""

import io
import zipfile

import openpyxl

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(rows, sheet=None, formats=None):
    """The rows as they are, under the names of all their columns; formats:
    {column: number format}."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    book = openpyxl.Workbook()
    page = book.active
    if sheet:
        page = book.create_sheet(sheet)
    page.append(names)
    for row in rows:
        page.append([row.get(name) for name in names])
        for name, code in (formats or {}).items():
            page.cell(page.max_row, names.index(name) + 1).number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_hand(cells, **parts):
    """A workbook whose sheet's rows are this XML; other parts by name, None
    leaves one out."""
    files = {
        "xl/workbook.xml":
            f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1"'
            f' Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings"'
            f' Target="sharedStrings.xml"/><Relationship Id="rId3"'
            f' Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{SPREADSHEET}"/>',
        "xl/worksheets/sheet1.xml":
            f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{cells}'
            '</sheetData></worksheet>',
    }
    names = {name.rsplit("/", 1)[-1].removesuffix(".xml"): name
             for name in files}
    for name, text in parts.items():
        files[names[name]] = text
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            if text is not None:
                file.writestr(name, text)
    return out.getvalue()


def inline(row, *texts):
    """A row of texts, as XML."""
    return f'<row r="{row}">' + "".join(
        f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) \
        + "</row>"
