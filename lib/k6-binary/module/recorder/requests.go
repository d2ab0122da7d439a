package recorder

import (
	"net/url"
	"slices"
	"strings"

	"go.k6.io/k6/v2/metrics"
)

// request is what k6's tags say of a request: `name`, `url` and `method`. The name that an author gave it is its row. To a
// request without one k6 gives its URL as its name, and to one with a name that name as its URL, so that the two are told
// apart by what the name looks like.
type request struct {
	row  string
	host string
	// Whether it went to a host that is not told.
	isHostUnknown bool
}

const (
	mostBytesOfRow = 200
	// How the URL of a call begins that goes to no host.
	socketFile = "unix:"
)

// requestMetrics are those of k6 whose samples say which request they are of.
var requestMetrics = append([]string{
	metrics.HTTPReqDurationName,
	metrics.WSSessionsName, metrics.WSConnectingName, metrics.WSSessionDurationName, metrics.WSPingName,
	metrics.WSMessagesSentName, metrics.WSMessagesReceivedName,
	metrics.GRPCReqDurationName, "grpc_streams", "grpc_streams_msgs_sent", "grpc_streams_msgs_received",
}, partsOfRequest...)

func tellsRequests(metric string) bool {
	return slices.Contains(requestMetrics, metric) || strings.HasPrefix(metric, "browser_")
}

func requestOf(metric string, tags *metrics.TagSet) request {
	name, address, method := tagOf(tags, "name"), tagOf(tags, "url"), tagOf(tags, "method")
	if name == "" && address == "" && method == "" {
		// Nothing is known where the script took k6's tags away, and of what gRPC asks for its own sake.
		return request{isHostUnknown: !strings.HasPrefix(metric, "grpc_")}
	}
	var found request
	switch {
	case strings.HasPrefix(metric, "grpc_"):
		found = callOf(name, address, tagOf(tags, "service"), method)
	case strings.HasPrefix(metric, "ws_"):
		found = visitOf(name, address, "WS")
	case strings.HasPrefix(metric, "browser_") && localScheme(address) != "":
		found = request{row: strings.TrimSpace(method + " " + localScheme(address) + ":")}
	default:
		found = visitOf(name, address, method)
	}
	found.row = withoutEnd(found.row, mostBytesOfRow)
	return found
}

// localScheme is that of a URL for which a browser asks no host.
func localScheme(address string) string {
	scheme, _, _ := strings.Cut(address, ":")
	if slices.Contains([]string{"data", "blob", "about", "javascript", "file"}, scheme) {
		return scheme
	}
	return ""
}

func tagOf(tags *metrics.TagSet, name string) string {
	value, _ := tags.Get(name)
	return strings.ToValidUTF8(value, "\uFFFD")
}

// visitOf is for whatever has a URL.
func visitOf(name, address, method string) request {
	if address == "" {
		address = name
	}
	target := urlOf(address)
	found := request{host: target.host, isHostUnknown: target.host == ""}
	named := target
	if name != address {
		named = urlOf(name)
	}
	switch {
	case name != "" && !named.isURL:
		found.row = name
	case name != "" && (name != address || named.isTemplate):
		found.row = named.withoutSecrets
	case target.isURL:
		found.row = strings.TrimSpace(method + " " + target.row)
	default:
		found.row = method
	}
	return found
}

// callOf is for gRPC. k6 names a call `/service/method` and gives it the URL `host:port/service/method`.
func callOf(name, address, service, method string) request {
	host, call := hostAndCall(address)
	if call == "" {
		call = service + "/" + method
	}
	found := request{row: name, host: host, isHostUnknown: host == "" && !strings.HasPrefix(address, socketFile)}
	if name == "" || name == "/"+call {
		found.row = "gRPC " + call
	}
	return found
}

// hostAndCall leaves out how the host is found: `dns:///shop.example:443`. A socket file has none.
func hostAndCall(address string) (host, call string) {
	end := strings.LastIndexByte(address, '/')
	if end < 0 {
		return "", ""
	}
	end = strings.LastIndexByte(address[:end], '/')
	if end < 0 {
		return "", ""
	}
	host, call = address[:end], address[end+1:]
	if strings.HasPrefix(host, socketFile) {
		return "", call
	}
	return hostOf(host[strings.LastIndexByte(host, '/')+1:]), call
}

// target is what a text says that may be a URL.
type target struct {
	isURL bool
	// Whether somebody wrote it to stand for many URLs: k6 and browsers escape what is in it.
	isTemplate bool
	host       string
	// The path, with `{id}` for what differs from request to request.
	row string
	// The whole of it without credentials, query and fragment.
	withoutSecrets string
}

func urlOf(text string) target {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || !isScheme(scheme) {
		return target{}
	}
	if end := strings.IndexAny(rest, "?#"); end >= 0 {
		rest = rest[:end]
	}
	authority, path := rest, ""
	if slash := strings.IndexByte(rest, '/'); slash >= 0 {
		authority, path = rest[:slash], rest[slash:]
	}
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	return target{
		isURL:          true,
		isTemplate:     hasPlaceholder(authority) || hasPlaceholder(path),
		host:           hostOf(authority),
		row:            foldedPath(path),
		withoutSecrets: scheme + "://" + authority + path,
	}
}

func isScheme(text string) bool {
	for i := range len(text) {
		letter := text[i] | 0x20
		if isLetter := 'a' <= letter && letter <= 'z'; !isLetter && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(text[i]))) {
			return false
		}
	}
	return text != ""
}

// hasPlaceholder looks for what a URL that was asked for cannot hold, since it is escaped there.
func hasPlaceholder(text string) bool {
	return strings.ContainsAny(text, `{}<>" `) || strings.ContainsFunc(text, func(letter rune) bool { return letter > 126 })
}

func hostOf(authority string) string {
	if strings.ContainsAny(authority, `{}<>$" `) {
		return ""
	}
	if plain, err := url.PathUnescape(authority); err == nil {
		authority = plain
	}
	return plainText(strings.ToLower(authority), mostBytesOfRow)
}

// withoutEnd shortens a row to what people read.
func withoutEnd(text string, mostBytes int) string {
	if len(text) <= mostBytes {
		return text
	}
	return cutAt(text, mostBytes-len("...")) + "..."
}
