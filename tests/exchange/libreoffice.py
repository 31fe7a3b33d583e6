"""LibreOffice as a user of the workbooks: recalculates, edits and saves them, without a screen."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(
	SOFFICE is None, reason="LibreOffice is not installed (Debian: apt-get install libreoffice-calc-nogui)"
)

# Opens a workbook, types into cells as a person would, recalculates, and saves as .xlsx.
# A job is a line "in TAB out TAB sheet TAB cell TAB typed TAB sheet TAB cell TAB typed …".
_MACRO = """
Sub Run(jobs As String)
	Dim parts, document, cell, i As Integer
	Dim hidden(0) As New com.sun.star.beans.PropertyValue
	hidden(0).Name = "Hidden" : hidden(0).Value = True
	Dim filter(0) As New com.sun.star.beans.PropertyValue
	filter(0).Name = "FilterName" : filter(0).Value = "Calc MS Excel 2007 XML"
	files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
	lines = CreateUnoService("com.sun.star.io.TextInputStream")
	lines.setInputStream(files.openFileRead(ConvertToURL(jobs)))
	lines.setEncoding("UTF-8")
	Do While Not lines.isEOF()
		parts = Split(lines.readLine(), Chr(9))
		document = StarDesktop.loadComponentFromURL(ConvertToURL(parts(0)), "_blank", 0, hidden())
		For i = 2 To UBound(parts) - 2 Step 3
			cell = document.Sheets.getByName(parts(i)).getCellRangeByName(parts(i + 1))
			If IsNumeric(parts(i + 2)) Then
				cell.setValue(Val(parts(i + 2)))
			Else
				cell.setString(parts(i + 2))
			End If
		Next i
		document.calculateAll()
		document.storeToURL(ConvertToURL(parts(1)), filter())
		document.close(True)
	Loop
	lines.closeInput()
	StarDesktop.terminate()
End Sub
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{0}</script:module>
"""

Edit = tuple[str, str, str]  # sheet, cell, typed


def edit_all(jobs: list[tuple[Path, Path, list[Edit]]], profile: Path, timeout: int = 240) -> None:
	"""Let LibreOffice open each workbook, make the edits and save it under the other name."""
	base = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
	module = profile / "user" / "basic" / "Standard" / "Module1.xba"
	if not module.exists():  # the first start makes the profile, with this empty module
		subprocess.run([*base, "--terminate_after_init"], capture_output=True, timeout=timeout, check=False)
	macro = _MACRO.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
	module.write_text(_MODULE.format(macro), encoding="utf-8")
	job_file = profile / "jobs.txt"
	lines = ["\t".join([str(s), str(o), *(part for edit in edits for part in edit)]) for s, o, edits in jobs]
	job_file.write_text("\n".join(lines), encoding="utf-8")
	command = [*base, f'macro:///Standard.Module1.Run("{job_file}")']
	done = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
	missing = [out for _source, out, _edits in jobs if not out.exists()]
	assert not missing, (missing, done.stdout, done.stderr)
