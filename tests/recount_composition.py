"""Count the make-up again from its workbook alone: this script shares no code with the portal, and needs openpyxl.

`python tests/recount_composition.py FILE.xlsx` reads the last sheet, a row for each delegate, and names every number of
the other sheets that it does not find.
"""

import sys
from collections import Counter
from io import BytesIO

from openpyxl import load_workbook

# the sheet of each cut, and the column of the rows that it counts
COLUMNS = {
    "Thành phần": "Thành phần", "Cá nhân, đại diện tập thể": "Đại diện", "Giới tính": "Giới tính",
    "Dân tộc": "Dân tộc", "Đảng viên": "Đảng viên", "Tôn giáo": "Tôn giáo", "Trình độ chuyên môn": "Học vấn",
    "Học hàm": "Học hàm", "Lý luận chính trị": "LLCT", "Khen thưởng cao nhất": "Khen thưởng cao nhất", "Khối": "Khối",
}  # fmt: skip
UNDECIDED = "Có khen thưởng, chưa có số quyết định"  # an award without a decision number is no proof of it
UNKNOWN = {"Chưa rõ", "Không có hoặc chưa rõ"}
BANDS = [("30 tuổi trở xuống", 0, 30), ("31–40 tuổi", 31, 40), ("41–50 tuổi", 41, 50), ("51–60 tuổi", 51, 60),
         ("trên 60 tuổi", 61, 200)]  # fmt: skip


def rows_of(sheet) -> list[dict]:
    """The rows below the head, which begins with TT."""
    head, found = None, []
    for line in sheet.iter_rows(values_only=True):
        if line[0] == "TT":
            head = line
        elif head and (isinstance(line[0], int) or line[1] == "Tổng số"):
            found.append(dict(zip(head, line, strict=True)))
    return found


def differences(content: bytes) -> list[str]:
    """Every number and percentage of the workbook that the rows do not bear out."""
    book = load_workbook(BytesIO(content))
    people = rows_of(book["Số liệu"])
    for person in people:
        if person["Số quyết định"] == "chưa có":
            person["Khen thưởng cao nhất"] = UNDECIDED
    found = []
    for name, column in COLUMNS.items():
        counts = Counter(person[column] or "" for person in people)
        found += compared(name, rows_of(book[name]), counts, len(people))
    ages = [person["Tuổi"] for person in people if person["Tuổi"]]
    counts = Counter({label: sum(low <= age <= high for age in ages) for label, low, high in BANDS})
    found += compared("Độ tuổi", rows_of(book["Độ tuổi"]), counts, len(people))
    text = " ".join(str(cell) for line in book.worksheets[0].iter_rows(values_only=True) for cell in line if cell)
    mean = f"{round(sum(ages) / len(ages), 1):.1f}".replace(".", ",") if ages else "–"
    if ages and f"Tuổi bình quân: khoảng {mean}" not in text and f"Tuổi bình quân: {mean}" not in text:
        found.append(f"mean age: {mean} is not in the text")
    return found


def compared(name: str, told: list[dict], counts: Counter, people: int) -> list[str]:
    """The faults of one sheet."""
    found, percent = [], 0.0
    for line in told:
        label, number = line["Phân loại"], line["Số lượng"]
        if label == "Tổng số":
            if number != people:
                found.append(f"{name}: {number} in all, {people} rows")
            continue
        percent += line["Tỷ lệ (%)"]
        counted = counts[""] if label in UNKNOWN else counts[label]
        if number != counted:
            found.append(f"{name}, {label}: {number}, counted {counted}")
        if people and abs(line["Tỷ lệ (%)"] - counted * 100 / people) >= 0.1:
            found.append(f"{name}, {label}: {line['Tỷ lệ (%)']} % of {people}")
    if people and abs(percent - 100) > 1e-6:
        found.append(f"{name}: percentages make {percent}")
    return found


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        faults = differences(file.read())
    sys.stdout.write("\n".join(faults or ["Every number is borne out by the rows."]) + "\n")
    sys.exit(bool(faults))
