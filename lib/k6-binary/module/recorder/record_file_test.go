package recorder

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.k6.io/k6/v2/metrics"
)

// recorded is a run of some seconds in which periods stretch.
func recorded(t *testing.T, each func(*bench)) *bench {
	b := newBench(t, `{"tags":{"*":["a"]},"samples":["single"]}`).start()
	b.config.stretchBytes = 300
	for i := range 30 {
		b.add(b.metric("it", metrics.Trend), float64(i), "a", string(rune('a'+i%7)))
		b.add(b.metric("single", metrics.Counter), float64(i))
		b.pass(500 * time.Millisecond)
		if each != nil {
			each(b)
		}
	}
	return b
}

func TestUnfinishedLineIsRewritten(t *testing.T) {
	lastLines, periods := 0, 0
	b := recorded(t, func(b *bench) {
		read := b.read()
		if read.broken != "" || len(read.periods) < periods {
			t.Fatalf("%d periods after %d, and %q", len(read.periods), periods, read.broken)
		}
		if count := len(read.periods); count > 0 && count == periods {
			lastLines++
		}
		periods = len(read.periods)
		if periods > 0 {
			// No more is missing than one second.
			if missing := b.time.UnixMilli() - read.periods[periods-1].ToMs; missing > 1000 {
				t.Fatalf("%d ms are not in the record", missing)
			}
		}
	})
	if lastLines < 5 {
		t.Error("no line was rewritten")
	}
	read := b.end()
	expect(t, "samples", read.of(t, "it").count, 30)
	expect(t, "single samples", len(read.samples), 30)
}

// k6 may be killed at any byte.
func TestRecordThatIsCutKeepsItsFixedLines(t *testing.T) {
	b := recorded(t, nil)
	b.end()
	whole, err := os.ReadFile(b.path)
	must(t, err)
	for length := range len(whole) + 1 {
		read, err := parseRecord(whole[:length])
		must(t, err)
		lines := len(read.series) + len(read.periods) + len(read.samples)
		if read.start != nil {
			lines++
		}
		if read.end != nil {
			lines++
		}
		// A line whose line feed alone is missing is whole, too.
		ended := bytes.Count(whole[:length], []byte("\n"))
		if lines < ended || lines > ended+1 || (read.broken != "") && lines != ended {
			t.Fatalf("cut at %d: %d lines are read of %d", length, lines, ended)
		}
		if read.end != nil && length < len(whole)-1 {
			t.Fatalf("cut at %d of %d, and whole", length, len(whole))
		}
	}
}

// Between the two steps of a write there is more behind the line: the rest of the one before.
func TestKillBetweenWriteAndTruncate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record")
	first := []byte(`{"type":"start"}` + "\n")
	last := []byte(`{"type":"period","fromMs":1,"toMs":2,"series":{}}` + "\n")
	for length := range 200 {
		_ = os.Remove(path)
		file := &recordFile{path: path}
		must(t, file.open(first))
		long := bytes.Replace(last, []byte("{}"), append(bytes.Repeat([]byte(" "), length), "{}"...), 1)
		must(t, file.write(nil, long, false))
		_, err := file.file.WriteAt(last, file.fixed)
		must(t, err)
		text, err := os.ReadFile(path)
		must(t, err)
		read, err := parseRecord(text)
		must(t, err)
		expect(t, "periods", len(read.periods), 1)

		// The next write puts it right.
		must(t, file.write(last, nil, true))
		text, err = os.ReadFile(path)
		must(t, err)
		expect(t, "the record", string(text), string(first)+string(last))
		must(t, file.file.Close())
	}
}

func TestExistingFileIsRefused(t *testing.T) {
	b := newBench(t, "")
	must(t, os.WriteFile(b.path, []byte("somebody's"), 0o644))
	if err := b.Start(); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	text, err := os.ReadFile(b.path)
	must(t, err)
	expect(t, "the file", string(text), "somebody's")
}

// A disk that is full for a while.
func TestFailingWriteLosesNothing(t *testing.T) {
	for name, broken := range map[string]func(*testing.T, *bench) *os.File{"read-only": readOnly, "closed": closed} {
		b := newBench(t, `{"tags":{"*":["a"]},"samples":["single"]}`).start()
		it, single := b.metric("it", metrics.Trend), b.metric("single", metrics.Counter)
		add := func(tag string) {
			b.add(it, 3, "a", tag)
			b.add(single, 3)
			b.pass(2300 * time.Millisecond)
		}
		add("before")
		works := b.file.file
		b.file.file = broken(t, b)
		add("meanwhile")
		add("meanwhile, too")
		b.file.file = works
		add("after")
		before := len(b.read().periods)
		if before < 4 {
			t.Errorf("%s: only %d periods", name, before)
		}
		read := b.end()
		expect(t, name+": samples", read.of(t, "it").count, 4)
		expect(t, name+": single samples", len(read.samples), 4)
		for _, tag := range []string{"before", "meanwhile", "meanwhile, too", "after"} {
			expect(t, name+": "+tag, read.of(t, "it", "a", tag).count, 1)
		}
		// The period went on for as long as it could not be written, and no longer.
		for _, period := range read.periods {
			if length := period.ToMs - period.FromMs; length > 6000 {
				t.Errorf("%s: a period of %d ms", name, length)
			}
		}
	}
}

func readOnly(t *testing.T, b *bench) *os.File {
	file, err := os.Open(b.path)
	must(t, err)
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func closed(t *testing.T, b *bench) *os.File {
	file := readOnly(t, b)
	must(t, file.Close())
	return file
}

func TestSpareFileIsWhole(t *testing.T) {
	for name, harm := range map[string]func(*testing.T, *bench){
		"removed": func(t *testing.T, b *bench) { must(t, os.Remove(b.path)) },
		"replaced": func(t *testing.T, b *bench) {
			must(t, os.Rename(b.path, b.path+".old"))
			must(t, os.WriteFile(b.path, nil, 0o644))
		},
		"unwritable": func(t *testing.T, b *bench) { b.file.file = readOnly(t, b) },
	} {
		b := recorded(t, nil)
		b.file.spare = filepath.Join(t.TempDir(), "spare")
		harm(t, b)
		b.add(b.metric("it", metrics.Trend), 1, "a", "z")
		b.flush()
		must(t, b.finish())
		read := readRecord(t, b.file.spare)
		expect(t, name+": samples", read.of(t, "it").count, 31)
		expect(t, name+": single samples", len(read.samples), 30)
		if read.end == nil || read.broken != "" {
			t.Errorf("%s: the spare file is not whole", name)
		}
	}
}

func TestRecordThatCannotBeFinishedIsAnError(t *testing.T) {
	for _, spare := range []string{"", "the same", "/nowhere/at/all"} {
		b := recorded(t, nil)
		b.file.spare = spare
		if spare == "the same" {
			b.file.spare = b.path
		}
		before, err := os.ReadFile(b.path)
		must(t, err)
		b.file.file = readOnly(t, b)
		if b.finish() == nil {
			t.Error("no error")
		}
		after, err := os.ReadFile(b.path)
		must(t, err)
		expect(t, "the record", string(after), string(before))
	}
}

func TestWholeRecordNeedsNoSpare(t *testing.T) {
	b := recorded(t, nil)
	b.file.spare = filepath.Join(t.TempDir(), "spare")
	b.end()
	if _, err := os.Stat(b.file.spare); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
