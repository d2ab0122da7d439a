package sending

import (
	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/metrics"
)

// tagging adds the tags of a step to those of its user, which hardly ever change.
type tagging struct {
	own [][2]string
	// What they were added to last, and what came of it.
	before, after *metrics.TagSet
}

func taggingOf(tags *sobek.Object) tagging {
	var own [][2]string
	for _, name := range tags.Keys() {
		own = append(own, [2]string{name, tags.Get(name).String()})
	}
	return tagging{own: own}
}

func (t *tagging) added(to metrics.TagsAndMeta) metrics.TagsAndMeta {
	if t.before != to.Tags {
		t.before, t.after = to.Tags, to.Tags
		for _, tag := range t.own {
			t.after = t.after.With(tag[0], tag[1])
		}
	}
	to.Tags = t.after
	return to
}
