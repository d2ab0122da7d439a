package recorder

import (
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestPathsThatDifferInTheirIDsAreOne(t *testing.T) {
	for path, want := range map[string]string{
		"":                                "/",
		"/":                               "/",
		"/orders":                         "/orders",
		"/orders/":                        "/orders/",
		"/orders/17":                      "/orders/{id}",
		"/orders/17/items/-3":             "/orders/{id}/items/{id}",
		"/orders/000123/":                 "/orders/{id}/",
		"//17":                            "//{id}",
		"/orders/{id}":                    "/orders/{id}",
		"/orders/%7Bid%7D":                "/orders/{id}",
		"/orders/:id":                     "/orders/:id",
		"/orders/1,2,3":                   "/orders/{id}",
		"/files/17.json":                  "/files/{id}.json",
		"/files/a.17":                     "/files/a.17",
		"/files/report.json":              "/files/report.json",
		"/geo/52.5200,13.4050":            "/geo/{id}",
		"/v1/oauth2/2024-report/3d/1.2.3": "/v1/oauth2/2024-report/3d/1.2.3",
		"/1.0/users":                      "/1.0/users",
		"/days/2024-01-31":                "/days/{id}",
		"/days/20240131T100000Z":          "/days/{id}",
		"/days/2024-01-31T10:00:00.5Z":    "/days/{id}",
		"/days/2024-Q1":                   "/days/2024-Q1",
		"/u/3f2504e0-4f89-11d3-9a0c-0305e82c3301":     "/u/{id}",
		"/u/3F2504E0-4F89-11D3-9A0C-0305E82C3301.pdf": "/u/{id}.pdf",
		"/u/3f2504e0-4f89-11d3-9a0c-0305e82c330g":     "/u/{id}",
		"/c/a1b2c3d":                                               "/c/a1b2c3d",
		"/c/deadbeefdeadbee":                                       "/c/deadbeefdeadbee",
		"/c/deadbeefdeadbeef":                                      "/c/{id}",
		"/c/507f1f77bcf86cd799439011":                              "/c/{id}",
		"/c/0x52908400098527886E0F7030069857D2E4169EE7":            "/c/{id}",
		"/l/01ARZ3NDEKTSV4RRFFQ69G5FAV":                            "/l/{id}",
		"/l/01arz3ndektsv4rrffq69g5fav":                            "/l/{id}",
		"/l/0ujtsYcgvSTl8PAuAdqWYSMnLOv":                           "/l/{id}",
		"/l/cjld2cjxh0000qzrmn831i7rn":                             "/l/{id}",
		"/l/V1StGXR8_Z5jdHi6B-myT":                                 "/l/{id}",
		"/l/pi_3MtwBwLkdIwHu7ix28a3tqPa":                           "/l/{id}",
		"/l/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP": "/l/{id}",
		"/l/how-to-load-test-with-k6-in-2024":                      "/l/how-to-load-test-with-k6-in-2024",
		"/l/md5-sha1-sha256-comparison-x86":                        "/l/md5-sha1-sha256-comparison-x86",
		"/l/MyVeryLongDocumentTitle2024Final":                      "/l/MyVeryLongDocumentTitle2024Final",
		"/l/listAllOrdersForUserById":                              "/l/listAllOrdersForUserById",
		"/l/getCustomerAccountTransactionHistory":                  "/l/getCustomerAccountTransactionHistory",
		"/l/com.example.checkout.v1.OrderService":                  "/l/com.example.checkout.v1.OrderService",
		"/l/bootstrap-5.3.0-alpha1.min.js":                         "/l/bootstrap-5.3.0-alpha1.min.js",
		"/users/a.person@shop.example":                             "/users/{id}",
		"/users/a.person%40shop.example":                           "/users/{id}",
		"/npm/@scope/package":                                      "/npm/@scope/package",
		"/login;jsessionid=1A2B3C":                                 "/login",
		"/caf%C3%A9":                                               "/café",
		"/a%2Fb":                                                   "/a%2Fb",
		"/a%20b":                                                   "/a%20b",
		"/a%FFb":                                                   "/a%FFb",
		"/a%0Ab":                                                   "/a%0Ab",
		"/a%zz":                                                    "/a%zz",
		"/" + strings.Repeat("x", 100):                             "/" + strings.Repeat("x", 100),
		"/" + strings.Repeat("x", 101):                             "/{id}",
		"/-/_/.":                                                   "/-/_/.",
		"/status/404":                                              "/status/{id}",
	} {
		expect(t, path, foldedPath(path), want)
	}
}

// The shorter they are, the more of them look like words.
func TestRandomTokensAreFolded(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 8))
	for length, most := range map[int]int{16: 80, 24: 40, 32: 10, 64: 5} {
		missed := 0
		for range 1000 {
			bytes := make([]byte, length)
			for i := range bytes {
				bytes[i] = byte(random.UintN(256))
			}
			if !isID(base64.RawURLEncoding.EncodeToString(bytes)) {
				missed++
			}
		}
		if missed > most {
			t.Errorf("of 1000 tokens of %d bytes %d were taken for words", length, missed)
		}
	}
}

func TestWordsAreNoIDs(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 21))
	words := strings.Fields("users orders checkout search cart v1 v2 k6 api admin oauth2 login http2 2024 export web3 b2b pay s3")
	for range 10_000 {
		parts := make([]string, 1+random.IntN(6))
		for i := range parts {
			parts[i] = words[random.IntN(len(words))]
		}
		if text := strings.Join(parts, "-"); isID(text) && strings.Trim(text, "2024-") != "" {
			t.Fatalf("%q is taken for an id", text)
		}
	}
}
