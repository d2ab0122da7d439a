package recorder

import (
	"encoding/json"
	"fmt"
	"slices"

	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
)

// extension is the member of k6's `options.ext` that is ours.
const extension = "k6-verdict"

// config is what a test asks of its record. A test that asks for nothing is recorded by what k6 itself knows.
type config struct {
	// Tags that tell series apart, by metric; "*" is for every metric that is not named.
	Tags map[string][]string `json:"tags"`
	// Values beyond which samples are counted exactly.
	Limits []limit `json:"limits"`
	// Metrics whose samples are kept one by one.
	Samples []string `json:"samples"`
	// Limits that end the run.
	Stops []stop `json:"stops"`
	// Options of k6 that are noted.
	Options []string `json:"options"`
	// Metrics that are not kept.
	Skip []string `json:"skip"`
	// Rows beyond so many fold into one; a test with many endpoints asks for more than is usual.
	MostRows int `json:"mostRows"`
	// Where the record goes when its file cannot be finished.
	Spare string `json:"spare"`

	test         json.RawMessage
	noted        map[string]json.RawMessage
	stretchBytes int
}

// limit counts the samples of all series of a metric that have these tags.
type limit struct {
	Metric string            `json:"metric"`
	Tags   map[string]string `json:"tags"`
	Values []float64         `json:"values"`
}

const (
	// More rows than that nobody reads: they fold into one.
	usualMostRows = 2000
	// Periods double whenever the record has grown by so much.
	usualStretchBytes = 8 << 20
)

// Of every request these say what became of it; they tell no rows apart.
var outcomeTags = []string{"status", "error_code", "error", "expected_response"}

var usualTags = map[string][]string{
	metrics.HTTPReqDurationName: append([]string{"scenario", "group", "name", "method"}, outcomeTags...),
	"*":                         {"scenario", "group", "check", "name", "method", "status"},
}

func readConfig(options lib.Options) (config, error) {
	read := config{MostRows: usualMostRows, stretchBytes: usualStretchBytes}
	if own, ok := options.External[extension]; ok && string(own) != "null" {
		read.test = own
		wrapper := struct {
			Recorder *config `json:"recorder"`
		}{Recorder: &read}
		if err := json.Unmarshal(own, &wrapper); err != nil {
			return config{}, fmt.Errorf("options.ext[%q] is not what the output %q expects: %w", extension, Name, err)
		}
	}
	if err := read.expectStops(); err != nil {
		return config{}, fmt.Errorf("options.ext[%q] is not what the output %q expects: %w", extension, Name, err)
	}
	if read.Tags == nil {
		read.Tags = usualTags
	}
	read.Tags = read.withAskedTags()
	noted, err := notedOptions(options, read.Options)
	read.noted = noted
	return read, err
}

// notedOptions are the named ones as k6 consolidated them. Certificates and their keys stay out of every file.
func notedOptions(options lib.Options, names []string) (map[string]json.RawMessage, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return nil, fmt.Errorf("k6's options cannot be noted: %w", err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("k6's options cannot be noted: %w", err)
	}
	// k6 leaves the local addresses out of what it writes, also where they decide where requests come from.
	if addresses, err := options.LocalIPs.MarshalText(); err == nil && options.LocalIPs.Valid {
		all["localIPs"] = jsonText(string(addresses))
	}
	noted := map[string]json.RawMessage{}
	for _, name := range names {
		value, ok := all[name]
		if !ok || string(value) == "null" {
			continue
		}
		if name == "tlsAuth" {
			value = domainsOf(options.TLSAuth)
		}
		noted[name] = value
	}
	return noted, nil
}

func jsonText(text string) json.RawMessage {
	written, err := json.Marshal(text)
	if err != nil {
		return json.RawMessage(`""`)
	}
	return written
}

func domainsOf(certificates []*lib.TLSAuth) json.RawMessage {
	type domains struct {
		Domains []string `json:"domains"`
	}
	all := make([]domains, 0, len(certificates))
	for _, certificate := range certificates {
		all = append(all, domains{certificate.Domains})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return json.RawMessage(`[]`)
	}
	return text
}

func (c config) tagsOf(metric string) []string {
	if names, ok := c.Tags[metric]; ok {
		return names
	}
	return c.Tags["*"]
}

func (c config) skips(metric string) bool { return slices.Contains(c.Skip, metric) }

func (c config) keepsSamples(metric string) bool { return slices.Contains(c.Samples, metric) }
