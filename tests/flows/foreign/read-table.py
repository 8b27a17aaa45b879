"""Reads a CSV or XLSX file as another program does and prints it as JSON: sheets of rows of [kind, value]."""
import csv, datetime, json, sys

path, delimiter = sys.argv[1], (sys.argv[2] if len(sys.argv) > 2 else ';')


def told(cell):
    kind = {'s': 'text', 'inlineStr': 'text', 'n': 'number', 'd': 'moment', 'f': 'formula'}.get(cell.data_type, cell.data_type)
    value = cell.value
    if isinstance(value, datetime.datetime):
        value = (value + datetime.timedelta(microseconds=500000)).replace(microsecond=0).isoformat(' ')
    return None if value is None else [kind, value]


if path.endswith('.xlsx'):
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheets = [
        {
            'name': sheet.title,
            'frozen': sheet.freeze_panes,
            'width': sheet.column_dimensions['A'].width,
            'format': sheet['A2'].number_format,
            'rows': [[told(cell) for cell in row] for row in sheet.iter_rows()],
        }
        for sheet in book.worksheets
    ]
else:
    with open(path, encoding='utf-8-sig', newline='') as file:
        sheets = [{'name': '', 'rows': list(csv.reader(file, delimiter=delimiter, strict=True))}]
json.dump(sheets, sys.stdout)
