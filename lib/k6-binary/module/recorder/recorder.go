// Package recorder is the output extension "verdict" of k6: it keeps what k6 hands out as samples in a record, a file
// that grows by one line a period, while memory stays flat. The format is described in
// lib/core/measure/record/record-format.ts.
package recorder

import (
	"fmt"
	"slices"
	"time"

	"github.com/sirupsen/logrus"
	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/errext/exitcodes"
	"go.k6.io/k6/v2/metrics"
	"go.k6.io/k6/v2/output"
)

// Name is what the output is called: `--out verdict=<file>`.
const Name = "verdict"

func init() {
	output.RegisterExtension(Name, New)
}

const (
	// How often samples are taken over from k6.
	flushEvery = 100 * time.Millisecond
	// How often the record is brought up to date: so much is lost where k6 is killed.
	writeEvery = time.Second
)

// Recorder is the output. k6 fills its buffer; everything else happens in the one goroutine that empties it, so that no
// user of the test ever waits for it.
type Recorder struct {
	output.SampleBuffer

	config config
	// Of an HTTP request, the metrics that are kept besides its duration.
	parts   []string
	file    *recordFile
	book    *book
	log     logrus.FieldLogger
	flusher *output.PeriodicFlusher
	stopRun func(error)
	now     func() time.Time

	// When recording began.
	origin    time.Time
	period    period
	lastWrite time.Time
	lastCheck time.Time
	// Of the first sample that is not k6's own count of users: from then on the run counts its seconds.
	startedAt time.Time
	load      loadWindow
	// Of setup() and teardown().
	aside     loadWindow
	stoppedBy *stop
	samples   sampleLines
	hasFailed bool

	// Whether k6 judges the script's thresholds, those that it judges, and whether it ended the run by one.
	judgesThresholds     bool
	judging              map[string]metrics.Thresholds
	isAbortedByThreshold bool
}

// New makes the output for the file that is named behind `verdict=`.
func New(params output.Params) (output.Output, error) {
	if params.ConfigArgument == "" {
		return nil, fmt.Errorf("the output %q needs a file: --out %s=<file>", Name, Name)
	}
	read, err := readConfig(params.ScriptOptions, params.Environment)
	if err != nil {
		return nil, err
	}
	judgesThresholds := !params.RuntimeOptions.NoThresholds.Bool
	if read.Rows && !judgesThresholds {
		if err := expectJudgedLater(params.ScriptOptions); err != nil {
			return nil, err
		}
	}
	return &Recorder{
		config:           read,
		parts:            read.parts(),
		file:             &recordFile{path: params.ConfigArgument, spare: read.Spare},
		book:             newBook(read),
		log:              params.Logger,
		now:              steadyClock(),
		judgesThresholds: judgesThresholds,
	}, nil
}

// Description is shown where k6 lists its outputs.
func (r *Recorder) Description() string { return "k6-verdict's record" }

// SetTestRunStopCallback takes what ends the run when a limit is crossed.
func (r *Recorder) SetTestRunStopCallback(stop func(error)) { r.stopRun = stop }

// Start opens the record, before k6 makes its users.
func (r *Recorder) Start() error {
	r.begin()
	if err := r.file.open(startLine(r.config, r.period.from)); err != nil {
		return fmt.Errorf("the record cannot be written: %w", err)
	}
	flusher, err := output.NewPeriodicFlusher(flushEvery, r.flush)
	r.flusher = flusher
	return err
}

// steadyClock goes on evenly where somebody sets the clock of the machine: no period ends before it began.
func steadyClock() func() time.Time {
	start := time.Now()
	return func() time.Time { return start.Add(time.Since(start)) }
}

func (r *Recorder) begin() {
	r.origin = r.now()
	r.lastWrite = r.origin
	r.lastCheck = r.origin
	r.period = firstPeriod(r.origin)
}

// Stop takes over what is left, and says that the record is whole.
func (r *Recorder) Stop() error { return r.StopWithTestError(nil) }

// StopWithTestError is what k6 calls in place of Stop, with the error that ended the test early.
func (r *Recorder) StopWithTestError(testErr error) error {
	r.flusher.Stop()
	r.isAbortedByThreshold = r.stoppedBy == nil && isAbortedByThreshold(testErr)
	return r.finish()
}

func (r *Recorder) finish() error {
	now := r.now()
	lines := append(r.lines(now), r.endLine(now)...)
	if err := r.file.close(lines); err != nil {
		return fmt.Errorf("the record could not be finished: %w", err)
	}
	return nil
}

// flush runs in the goroutine of the flusher, and once more when that is stopped.
func (r *Recorder) flush() {
	now := r.now()
	waiting := r.GetBufferedSamples()
	// More than one is over where the machine had no time for us.
	for !now.Before(r.period.to) {
		waiting = r.takeUntil(r.period.to, waiting)
		r.endPeriod()
	}
	for _, container := range waiting {
		r.take(container)
	}
	if now.Sub(r.lastWrite) >= writeEvery {
		r.write(now, false)
	}
	if now.Sub(r.lastCheck) >= writeEvery {
		r.lastCheck = now
		r.endWhereLimitsAreCrossed(now)
	}
}

// endPeriod begins the next one, or goes on with this one as long as it cannot be written.
func (r *Recorder) endPeriod() {
	written, ok := r.write(r.period.to, true)
	if !ok {
		r.period.to = r.period.to.Add(r.period.length)
		return
	}
	r.period = r.period.next(written, r.config.stretchBytes)
	r.book.clear()
}

// write brings the record up to date, and returns how long the line of the period is. A disk that is full costs nothing
// as long as it has room again before the end: what was not written stays in the period.
func (r *Recorder) write(now time.Time, isOver bool) (int, bool) {
	r.lastWrite = now
	line := periodLine(r.period.from, now, r.book.active)
	if err := r.file.write(r.fixedLines(), line, isOver); err != nil {
		r.tell(err)
		return 0, false
	}
	r.book.undefined = nil
	r.book.hosts.waiting = nil
	r.samples.waiting = nil
	return len(line), true
}

func (r *Recorder) tell(err error) {
	if !r.hasFailed {
		r.log.WithError(err).Error("k6-verdict's record cannot be written at present")
	}
	r.hasFailed = true
}

// lines are all that is not fixed in the record yet.
func (r *Recorder) lines(now time.Time) []byte {
	return append(r.fixedLines(), periodLine(r.period.from, now, r.book.active)...)
}

// fixedLines are those that stand before the line of the period, and stay as they are.
func (r *Recorder) fixedLines() []byte {
	return slices.Concat(r.book.definitions(), r.book.hosts.waiting, r.samples.waiting)
}

// endWhereLimitsAreCrossed ends the run as k6 does at a threshold with abortOnFail.
func (r *Recorder) endWhereLimitsAreCrossed(now time.Time) {
	if r.stopRun == nil || r.stoppedBy != nil || r.startedAt.IsZero() {
		return
	}
	crossed := r.book.crossedStop(now.Sub(r.startedAt))
	if crossed == nil {
		return
	}
	r.stoppedBy = crossed
	err := fmt.Errorf("a limit that ends the run was crossed: %s", crossed.Name)
	r.stopRun(errext.WithAbortReasonIfNone(
		errext.WithExitCodeIfNone(err, exitcodes.ThresholdsHaveFailed), errext.AbortedByThreshold,
	))
}
