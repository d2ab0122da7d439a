package recorder

import (
	"maps"
	"slices"

	"go.k6.io/k6/v2/metrics"
)

const (
	rowTag  = "row"
	hostTag = "host"
)

// Of every request these say what became of it; they tell no rows apart.
var outcomeTags = []string{"status", "error_code", "error", "expected_response"}

var usualTags = map[string][]string{
	metrics.HTTPReqDurationName: append([]string{"scenario", "group", "name", "method"}, outcomeTags...),
	"*":                         {"scenario", "group", "check", "name", "method", "status"},
}

// Of a script that is run as it is. Requests of setup() and teardown() are told by what they lack: k6 names a scenario in
// the load alone.
var (
	tagsOfRequests = append([]string{rowTag, hostTag, "group", "scenario"}, outcomeTags...)
	tagsOfScripts  = map[string][]string{
		metrics.ChecksName: {"check", "group", "scenario"},
		"*":                {"group", "scenario"},
	}
)

// keptTags are those that tell the series of a metric apart.
type keptTags struct {
	// Whatever their values are.
	names []string
	// Those that limits look for, with the values that they look for.
	asked map[string][]string
	// Whether k6 says of the samples which request they are of, and what is made of that.
	isOfRequests, hasRow, hasHost bool
}

func (c config) keptOf(metric string) keptTags {
	if !c.Rows {
		return keptTags{names: c.withAskedTags(metric)}
	}
	kept := keptTags{asked: c.askedValues(metric), isOfRequests: tellsRequests(metric)}
	for _, name := range c.tagsOf(metric) {
		// A threshold on a tag of this name is one on the script's own.
		_, isOfScript := kept.asked[name]
		switch {
		case name == rowTag:
			kept.hasRow = kept.isOfRequests && !isOfScript
		case name == hostTag:
			kept.hasHost = kept.isOfRequests && !isOfScript
		default:
			kept.names = append(kept.names, name)
		}
	}
	return kept
}

func (c config) tagsOf(metric string) []string {
	if names, ok := c.Tags[metric]; ok {
		return names
	}
	if c.Rows && tellsRequests(metric) {
		return tagsOfRequests
	}
	return c.Tags["*"]
}

// withAskedTags keeps the tags that limits look for, too: one that is not kept would never be found, and the limit would
// hold whatever happens.
func (c config) withAskedTags(metric string) []string {
	names := slices.Clone(c.tagsOf(metric))
	for _, asked := range c.askedOf(metric) {
		for _, name := range slices.Sorted(maps.Keys(asked)) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// askedValues are the same with their values, since a tag of a script may have any number of others: a threshold on one
// name must not tell apart all names. Row and host of a limit that is not the script's are those of the record.
func (c config) askedValues(metric string) map[string][]string {
	values := map[string][]string{}
	for _, each := range c.Limits {
		for name, value := range each.Tags {
			if each.Metric == metric && (each.isOfScript || name != rowTag && name != hostTag) {
				values[name] = append(values[name], value)
			}
		}
	}
	for _, each := range c.Stops {
		for name, value := range each.Tags {
			if each.Metric == metric && name != rowTag && name != hostTag {
				values[name] = append(values[name], value)
			}
		}
	}
	return values
}

// tags are those under which a sample is counted. The text of an error keeps nothing that differs from request to request.
func (k keptTags) tags(set *metrics.TagSet, texts *causeTexts) map[string]string {
	tags := map[string]string{}
	for _, name := range k.names {
		value, _ := set.Get(name)
		if value == "" {
			continue
		}
		if name == "error" {
			value = texts.short(value)
		}
		tags[name] = plainText(value, mostBytesOfTag)
	}
	for name, values := range k.asked {
		if value, ok := set.Get(name); ok && slices.Contains(values, value) {
			tags[name] = plainText(value, mostBytesOfTag)
		}
	}
	return tags
}
