package recorder

import (
	"strconv"
	"time"
)

// period is the stretch of time that is being counted.
type period struct {
	from, to time.Time
	length   time.Duration
	// Written since periods have this length.
	bytes int
}

func firstPeriod(from time.Time) period {
	return period{from: from, to: from.Add(writeEvery), length: writeEvery}
}

// next begins where this one ends. Periods double whenever the record has grown by a good part, so that its size grows
// with the logarithm of the run's length.
func (p period) next(written, stretchBytes int) period {
	following := period{from: p.to, length: p.length, bytes: p.bytes + written}
	if following.bytes >= stretchBytes {
		following.length, following.bytes = 2*p.length, 0
	}
	following.to = following.from.Add(following.length)
	return following
}

func periodLine(from, to time.Time, active []*series) []byte {
	text := append([]byte(nil), `{"type":"period","fromMs":`...)
	text = strconv.AppendInt(text, from.UnixMilli(), 10)
	text = append(text, `,"toMs":`...)
	text = strconv.AppendInt(text, to.UnixMilli(), 10)
	text = append(text, `,"series":{`...)
	for i, each := range active {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '"')
		text = strconv.AppendInt(text, int64(each.id), 10)
		text = append(text, `":`...)
		text = each.appendFigures(text)
	}
	return append(text, "}}\n"...)
}
