package recorder

import (
	"maps"
	"slices"
	"strings"

	"go.k6.io/k6/v2/metrics"
)

// book holds every series of a run, and finds the one of a sample.
type book struct {
	config config
	// k6 has one pointer for each set of tags: nearly every sample is found by it.
	bySample map[metrics.TimeSeries]*series
	byKey    map[string]*series
	all      []*series
	active   []*series
	texts    causeTexts

	rows       map[string]bool
	foldedRows map[string]bool
	undefined  []*series
}

const (
	// A script whose tags never repeat would fill the memory with pointers: then they are found anew.
	mostPointers = 50_000
	// Of each row, what became of its requests: hardly ever more than a handful.
	mostSeriesPerRow = 10
	// So many rows that did not fit are counted; further ones are at least as many.
	mostFoldedCounted = 100_000
)

func newBook(config config) *book {
	return &book{
		config:     config,
		bySample:   map[metrics.TimeSeries]*series{},
		byKey:      map[string]*series{},
		rows:       map[string]bool{},
		foldedRows: map[string]bool{},
	}
}

func (b *book) series(sample metrics.TimeSeries) *series {
	if found, ok := b.bySample[sample]; ok {
		return found
	}
	if len(b.bySample) >= mostPointers {
		b.bySample = map[metrics.TimeSeries]*series{}
	}
	found := b.find(sample)
	b.bySample[sample] = found
	return found
}

func (b *book) find(sample metrics.TimeSeries) *series {
	metric := sample.Metric
	tags := b.keptTags(metric.Name, sample.Tags)
	key := keyOf(metric.Name, tags)
	if found, ok := b.byKey[key]; ok {
		return found
	}
	if !b.hasRoomFor(metric.Name, tags) {
		tags = folded(tags)
		key = keyOf(metric.Name, tags)
		if found, ok := b.byKey[key]; ok {
			return found
		}
	}
	made := b.newSeries(metric, tags)
	b.byKey[key] = made
	b.all = append(b.all, made)
	b.undefined = append(b.undefined, made)
	return made
}

func (b *book) newSeries(metric *metrics.Metric, tags map[string]string) *series {
	made := &series{
		id:       len(b.all),
		metric:   metric,
		tags:     tags,
		onActive: func(s *series) { b.active = append(b.active, s) },
	}
	if metric.Type == metrics.Trend {
		made.limits = b.config.limitsOf(metric.Name, tags)
	}
	if b.config.mayEndBy(metric.Name, tags) {
		made.total = &total{beyond: newBeyond(made.limits)}
	}
	return made
}

// keptTags are those that tell series apart. The text of an error keeps nothing that differs from request to request.
func (b *book) keptTags(metric string, set *metrics.TagSet) map[string]string {
	tags := map[string]string{}
	for _, name := range b.config.tagsOf(metric) {
		value, ok := set.Get(name)
		if !ok || value == "" {
			continue
		}
		if name == "error" {
			value = b.texts.short(value)
		}
		tags[name] = value
	}
	return tags
}

// hasRoomFor tells whether a row is known, or may be added. A row that has a limit always may.
func (b *book) hasRoomFor(metric string, tags map[string]string) bool {
	row := keyOf(metric, withoutOutcome(tags))
	if len(b.all) >= b.config.mostRows*mostSeriesPerRow {
		return b.config.isWatched(metric, tags)
	}
	if b.rows[row] {
		return true
	}
	if len(b.rows) >= b.config.mostRows && !b.config.isWatched(metric, tags) {
		if len(b.foldedRows) < mostFoldedCounted {
			b.foldedRows[row] = true
		}
		return false
	}
	b.rows[row] = true
	return true
}

// folded are the tags of the row that holds all rows for which there is no room. Of an error its code is enough there.
func folded(tags map[string]string) map[string]string {
	kept := map[string]string{"more": "true"}
	for _, name := range []string{"phase", "status", "error_code", "expected_response"} {
		if value, ok := tags[name]; ok {
			kept[name] = value
		}
	}
	return kept
}

func keyOf(metric string, tags map[string]string) string {
	var key strings.Builder
	key.WriteString(metric)
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		key.WriteByte(0)
		key.WriteString(name)
		key.WriteByte(0)
		key.WriteString(tags[name])
	}
	return key.String()
}

// definitions are the lines of the series that are new.
func (b *book) definitions() []byte {
	var lines []byte
	for _, each := range b.undefined {
		lines = append(lines, each.definition()...)
	}
	return lines
}

// clear begins a new period.
func (b *book) clear() {
	for _, each := range b.active {
		each.isActive = false
	}
	b.active = b.active[:0]
}
