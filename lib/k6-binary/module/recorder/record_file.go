package recorder

import (
	"errors"
	"io"
	"os"
)

// recordFile is the record on disk: lines that are fixed, and behind them one that is written again and again until its
// period is over. So a k6 that is killed leaves everything up to its last second, however long a period is.
type recordFile struct {
	path string
	// Where the record goes when it cannot be finished at its place; empty for nowhere.
	spare string

	file *os.File
	// Up to here everything is fixed.
	fixed int64
	size  int64
}

// open makes a new file: what is there already is never written over.
func (f *recordFile) open(firstLine []byte) error {
	file, err := os.OpenFile(f.path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	f.file = file
	return f.write(firstLine, nil, true)
}

// write puts lines that are fixed behind those before them, and the last line behind these.
func (f *recordFile) write(fixed, last []byte, isLastFixed bool) error {
	lines := append(append([]byte(nil), fixed...), last...)
	end := f.fixed + int64(len(lines))
	if _, err := f.file.WriteAt(lines, f.fixed); err != nil {
		// A disk that is full takes a part, and nobody says how much. What is written next must cut it off.
		f.size = max(f.size, end)
		return err
	}
	// What is left of a longer line before is no line: a reader passes over it, should we be killed in between.
	if end < f.size {
		if err := f.file.Truncate(end); err != nil {
			return err
		}
	}
	f.size = end
	f.fixed += int64(len(fixed))
	if isLastFixed {
		f.fixed = end
	}
	return nil
}

// close writes the last lines, at the spare place where that fails or where nobody would find the file any more.
func (f *recordFile) close(lines []byte) error {
	before := f.fixed
	err := f.write(lines, nil, true)
	if err == nil && !f.isStillThere() {
		err = errors.New("somebody removed it")
	}
	if err != nil && f.spare != "" && f.spare != f.path {
		if f.save(before, lines) == nil {
			err = nil
		}
	}
	return errors.Join(err, f.file.Close())
}

func (f *recordFile) isStillThere() bool {
	named, err := os.Stat(f.path)
	if err != nil {
		return false
	}
	opened, err := f.file.Stat()
	return err == nil && os.SameFile(named, opened)
}

// save writes the record elsewhere: what was fixed before, and the last lines.
func (f *recordFile) save(before int64, lines []byte) error {
	spare, err := os.OpenFile(f.spare, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, copied := io.Copy(spare, io.NewSectionReader(f.file, 0, before))
	_, written := spare.Write(lines)
	return errors.Join(copied, written, spare.Close())
}
