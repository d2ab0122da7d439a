package recorder

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.k6.io/k6/v2/metrics"
)

// book holds every series of a run, and finds the one of a sample.
type book struct {
	config config
	// k6 has one pointer for each set of tags: nearly every sample is found by it.
	bySample map[metrics.TimeSeries]*series
	byKey    map[string]*series
	rows     *rows
	texts    causeTexts
	hosts    hosts
	kept     map[string]keptTags

	all    []*series
	active []*series
	// Those that a limit may end the run by.
	stopping  []*series
	undefined []*series
}

const (
	// A script whose tags never repeat would fill the memory with pointers: then they are found anew.
	mostPointers = 50_000
	// Rows are told apart by so much of a tag. A name can be a URL, and a URL can be a file.
	mostBytesOfTag = 1000
)

func newBook(config config) *book {
	return &book{
		config:   config,
		bySample: map[metrics.TimeSeries]*series{},
		byKey:    map[string]*series{},
		rows:     newRows(config),
		kept:     map[string]keptTags{},
	}
}

func (b *book) series(sample metrics.TimeSeries) *series {
	if found, ok := b.bySample[sample]; ok {
		return found
	}
	if len(b.bySample) >= mostPointers {
		b.bySample = map[metrics.TimeSeries]*series{}
	}
	tags, request := b.tagsOf(sample)
	b.hosts.meet(request)
	found := b.find(sample.Metric, tags)
	found.isHostUnknown = found.isHostUnknown || request.isHostUnknown
	b.bySample[sample] = found
	return found
}

func (b *book) find(metric *metrics.Metric, tags map[string]string) *series {
	if found, ok := b.byKey[keyOf(metric.Name, tags)]; ok {
		return found
	}
	tags = b.rows.fit(metric.Name, tags, len(b.all))
	key := keyOf(metric.Name, tags)
	if found, ok := b.byKey[key]; ok {
		return found
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
		isOfLoad: b.config.isOfLoad(metric.Name, tags),
		onActive: func(s *series) { b.active = append(b.active, s) },
	}
	if metric.Type == metrics.Trend {
		made.limits = b.config.limitsOf(metric.Name, tags)
	}
	if b.config.mayEndBy(metric.Name, tags) {
		made.total = &total{beyond: newBeyond(made.limits)}
		b.stopping = append(b.stopping, made)
	}
	return made
}

// tagsOf are those under which a sample is counted, and where its request went.
func (b *book) tagsOf(sample metrics.TimeSeries) (map[string]string, request) {
	if sample.Tags == nil {
		return map[string]string{}, request{}
	}
	kept := b.keptOf(sample.Metric.Name)
	tags := kept.tags(sample.Tags, &b.texts)
	if !kept.isOfRequests {
		return tags, request{}
	}
	found := requestOf(sample.Metric.Name, sample.Tags)
	if kept.hasRow && found.row != "" {
		tags[rowTag] = found.row
	}
	if kept.hasHost && found.host != "" {
		tags[hostTag] = found.host
	}
	return tags, found
}

func (b *book) keptOf(metric string) keptTags {
	kept, ok := b.kept[metric]
	if !ok {
		kept = b.config.keptOf(metric)
		b.kept[metric] = kept
	}
	return kept
}

// plainText is what JSON can hold: two texts that were written as the same one would be two series with the same tags.
func plainText(text string, mostBytes int) string {
	return cutAt(strings.ToValidUTF8(text, "\uFFFD"), mostBytes)
}

// keyOf says of each part how long it is, so that no tag can look like two.
func keyOf(metric string, tags map[string]string) string {
	var key strings.Builder
	key.WriteString(metric)
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		for _, part := range [...]string{name, tags[name]} {
			key.WriteByte(0)
			key.WriteString(strconv.Itoa(len(part)))
			key.WriteByte(':')
			key.WriteString(part)
		}
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
