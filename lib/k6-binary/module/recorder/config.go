package recorder

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
)

const (
	// extension is the member of k6's `options.ext` that is ours.
	extension = "k6-verdict"
	// askedFrom is the variable of k6's environment that has the same for a script that is run as it is. A script never overrides it: what it
	// could say there would decide over its own record.
	askedFrom = "VERDICT_RECORDER"
)

// config is what is asked of a record. Without a question, it holds what k6 itself knows.
type config struct {
	// Tags that tell series apart, by metric; "*" is for every metric that is not named.
	Tags map[string][]string `json:"tags"`
	// Whether requests are told apart by their row and their host, which are worked out of k6's tags.
	Rows bool `json:"rows"`
	// Values beyond which samples are counted exactly.
	Limits []limit `json:"limits"`
	// Metrics whose samples are kept one by one.
	Samples []string `json:"samples"`
	// Limits that end the run.
	Stops []stop `json:"stops"`
	// Options of k6 that are noted.
	Options []string `json:"options"`
	// Metrics that are not kept, unless a limit is set to them.
	Skip []string `json:"skip"`
	// Rows of a metric beyond so many fold into one; a test with many endpoints asks for more than is usual.
	MostRows int `json:"mostRows"`
	// Where the record goes when its file cannot be finished.
	Spare string `json:"spare"`

	test       json.RawMessage
	noted      map[string]json.RawMessage
	thresholds []scriptThreshold
	scenarios  []string
	// Whether k6 tags samples with the scenario that they are of.
	namesScenarios bool
	stretchBytes   int
}

// limit counts the samples of all series of a metric that have these tags.
type limit struct {
	Metric string            `json:"metric"`
	Tags   map[string]string `json:"tags"`
	Values []float64         `json:"values"`

	// Whether it is a threshold of the script, whose tags are k6's own.
	isOfScript bool
}

const (
	// More rows than that nobody reads: they fold into one.
	usualMostRows = 2000
	// Periods double whenever the record has grown by so much.
	usualStretchBytes = 8 << 20
)

func readConfig(options lib.Options, environment map[string]string) (config, error) {
	read := config{MostRows: usualMostRows, stretchBytes: usualStretchBytes}
	place, err := read.readAsked(options, environment)
	if err == nil {
		err = read.expectStops()
	}
	if err != nil {
		return config{}, fmt.Errorf("%s is not what the output %q expects: %w", place, Name, err)
	}
	if read.Tags == nil && read.Rows {
		read.Tags = tagsOfScripts
	} else if read.Tags == nil {
		read.Tags = usualTags
	}
	read.thresholds = thresholdsOf(options)
	read.Limits = append(read.Limits, limitsOfThresholds(options)...)
	read.scenarios = slices.Collect(maps.Keys(options.Scenarios))
	read.namesScenarios = options.SystemTags == nil || options.SystemTags.Has(metrics.TagScenario)
	read.Skip = slices.DeleteFunc(read.Skip, read.isLimited)
	read.noted, err = notedOptions(options, read.Options)
	return read, err
}

// readAsked returns where the configuration stands.
func (c *config) readAsked(options lib.Options, environment map[string]string) (string, error) {
	if text := environment[askedFrom]; text != "" {
		return askedFrom, c.readVariable([]byte(text))
	}
	return fmt.Sprintf("options.ext[%q]", extension), c.readExtension(options.External[extension])
}

func (c *config) readVariable(text []byte) error {
	var outside struct {
		Test json.RawMessage `json:"test"`
	}
	if err := json.Unmarshal(text, &outside); err != nil {
		return err
	}
	c.test = outside.Test
	return json.Unmarshal(text, c)
}

func (c *config) readExtension(own json.RawMessage) error {
	if own == nil || string(own) == "null" {
		return nil
	}
	c.test = own
	wrapper := struct {
		Recorder *config `json:"recorder"`
	}{Recorder: c}
	return json.Unmarshal(own, &wrapper)
}

func (c config) skips(metric string) bool { return slices.Contains(c.Skip, metric) }

func (c config) keepsSamples(metric string) bool { return slices.Contains(c.Samples, metric) }

// parts are those metrics of an HTTP request besides its duration to which a limit is set: nobody reads the others.
func (c config) parts() []string {
	return slices.DeleteFunc(slices.Clone(partsOfRequest), func(name string) bool { return !c.isLimited(name) })
}

var partsOfRequest = []string{
	metrics.HTTPReqsName, metrics.HTTPReqFailedName, metrics.HTTPReqBlockedName, metrics.HTTPReqConnectingName,
	metrics.HTTPReqTLSHandshakingName, metrics.HTTPReqSendingName, metrics.HTTPReqWaitingName, metrics.HTTPReqReceivingName,
}
