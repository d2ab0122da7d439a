//go:build unix

package recorder

import (
	"bytes"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// A write that took a part leaves more than the next one covers.
func TestRestOfAFailedWriteIsCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record")
	file := &recordFile{path: path}
	must(t, file.open([]byte("{}\n")))
	limit := limitFileSize(t, 100)
	err := file.write(nil, bytes.Repeat([]byte("x"), 200), false)
	limit()
	if err == nil {
		t.Fatal("the write did not fail")
	}
	must(t, file.write([]byte("[]\n"), nil, true))
	text, err := os.ReadFile(path)
	must(t, err)
	expect(t, "the record", string(text), "{}\n[]\n")
}

// limitFileSize lets writes beyond a size fail as on a full disk, until the returned function is called.
func limitFileSize(t *testing.T, bytes uint64) func() {
	t.Helper()
	var before syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before))
	// The signal would end the test.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGXFSZ)
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: before.Max}))
	return func() {
		must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before))
		signal.Stop(signals)
	}
}
