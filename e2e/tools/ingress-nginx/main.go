// Tells what ingress-nginx reads from an Ingress, with its own code: reads {"ingress", "secrets"} as JSON on standard input, writes
// the settings as JSON, and exits 1 with the reason where ingress-nginx would refuse the Ingress.
//
// The module's path is below ingress-nginx's, since that code is internal to it.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/ingress-nginx/internal/ingress/annotations"
	"k8s.io/ingress-nginx/internal/ingress/annotations/auth"
	"k8s.io/ingress-nginx/internal/ingress/defaults"
	"k8s.io/ingress-nginx/internal/ingress/resolver"
)

// cluster answers what the controller would look up, with the defaults of its ConfigMap.
type cluster struct {
	resolver.Mock
	secrets map[string]*corev1.Secret
}

func (c cluster) GetSecret(name string) (*corev1.Secret, error) {
	if secret, ok := c.secrets[name]; ok {
		return secret, nil
	}
	return nil, fmt.Errorf("no Secret %s", name)
}

func (c cluster) GetSecurityConfiguration() defaults.SecurityConfiguration {
	return defaults.SecurityConfiguration{AnnotationsRiskLevel: "High"}
}

func main() {
	var input struct {
		Ingress       networkingv1.Ingress `json:"ingress"`
		Secrets       []corev1.Secret      `json:"secrets"`
		AuthDirectory string               `json:"authDirectory"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&input); err != nil {
		fail(err)
	}
	auth.AuthDirectory = input.AuthDirectory
	secrets := map[string]*corev1.Secret{}
	for index := range input.Secrets {
		secret := &input.Secrets[index]
		secrets[secret.Namespace+"/"+secret.Name] = secret
	}
	settings, err := annotations.NewAnnotationExtractor(cluster{secrets: secrets}).Extract(&input.Ingress)
	if err != nil {
		fail(err)
	}
	if settings.Denied != nil {
		fail(fmt.Errorf("%s", *settings.Denied))
	}
	if err := json.NewEncoder(os.Stdout).Encode(settings); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
