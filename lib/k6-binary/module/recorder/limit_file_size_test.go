//go:build unix

package recorder

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
)

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
